using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.UseCases;
using Moq;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>
/// The program is killed during a move, after each of its requests in turn. The next operation, of any kind, must find exactly one
/// klant with its whole trail, and must complete or undo the move.
/// </summary>
public sealed class CosmosMoveStepTests(CosmosAccount account)
{
    private static readonly DateTimeOffset CreatedAt = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The next operation, on another instance. Each returns the bronorganisatie in which it found the klant.</summary>
    private static readonly Dictionary<string, Func<CosmosSituation, CosmosInstance, Task<string>>> Followers = new()
    {
        ["a reader"] = async (s, i) => LocationOf((await i.Store.ReadAsync(s.Id, Cancellation))!),
        ["a lister of all"] = async (s, i) => LocationOf(Assert.Single((await ListAsync(i)).Klanten.Items, k => k.Id == s.Id)),
        ["a lister by key"] = async (s, i) =>
            LocationOf(Assert.Single((await ListAsync(i, (FilterFields.Achternaam, s.Achternaam))).Klanten.Items)),
        ["a lister of the bronorganisaties"] = async (s, i) =>
        {
            // The new bronorganisatie is listed first: a klant that is not in it yet must still be in the old one, and vice versa.
            var destination = await ListAsync(i, (FilterFields.Bronorganisatie, s.Destination));
            var origin = await ListAsync(i, (FilterFields.Bronorganisatie, s.Origin));
            Assert.Equal(1, destination.Count + origin.Count);
            return LocationOf(Assert.Single(destination.Klanten.Items.Concat(origin.Klanten.Items)));
        },
        ["a reader of the trail"] = async (s, i) =>
            KlantJson.Read((await i.Store.ReadAuditTrailAsync(s.Id, Cancellation))!.Items[^1].Nieuw).Bronorganisatie,
        ["a writer"] = (s, i) => UpdateAsync(s, i, """{"functie":"Kok"}"""),
        ["a mover"] = (s, i) => UpdateAsync(s, i, $$"""{"bronorganisatie":"{{s.Destination}}"}"""),
        ["a creator of a klant with the same klantnummer"] = async (s, i) =>
        {
            var creation = StoreData.Creation(Klant(s.Destination), KlantId.New(s.Destination), CreatedAt);
            var result = await i.Store.CommitAsync(creation, Cancellation);
            var location = LocationOf((await i.Store.ReadAsync(s.Id, Cancellation))!);
            Assert.Equal(location == s.Destination ? CommitResult.KlantnummerTaken : CommitResult.Committed, result);
            if (result == CommitResult.Committed)
            {
                var created = (await i.Store.ReadAsync(creation.Id, Cancellation))!;
                await i.Store.CommitAsync(StoreData.Deletion(created, CreatedAt.AddDays(1)), Cancellation);
            }
            return location;
        },
    };

    public static TheoryData<string> FollowerNames => [.. Followers.Keys];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(FollowerNames))]
    public async Task A_move_that_was_interrupted_is_ended_by(string follower)
    {
        await using var host = await CosmosHost.OpenAsync(account);
        using var handler = new FaultHandler();
        using var mover = host.Another(handler);
        using var other = host.Another();
        var ends = new List<string>();
        foreach (var returns in new[] { false, true })
        {
            for (var step = 1; await InterruptAsync(host, mover, handler, returns, step) is { } situation; step++)
            {
                var location = await Followers[follower](situation, other);
                Assert.Contains(location, new[] { situation.Origin, situation.Destination });
                var found = await situation.InspectAsync();
                // Between the two reads a move may have been completed, but not undone.
                var isPossible = found.Location == location || found.Location == situation.Destination;
                Assert.True(isPossible, $"After step {step}: {location}, then {found}");
                Assert.Equal(found.AuditCount, (await other.Store.ReadAuditTrailAsync(situation.Id, Cancellation))!.Items.Count);
                ends.Add($"{(returns ? "back, " : "")}step {step}: {(found.Location == situation.Origin ? "undone" : "made")}");
            }
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"{follower}: {ends.Count} interruptions; {string.Join("; ", ends)}");
    }

    /// <summary>A situation in which a move was interrupted after this many requests; null when it needed no more requests.</summary>
    private static async Task<CosmosSituation?> InterruptAsync(
        CosmosHost host, CosmosInstance mover, FaultHandler handler, bool returns, int step)
    {
        var situation = new CosmosSituation(host);
        // A klant that moves back finds the forward that it left there.
        var klant = returns ? await situation.GivenAsync(situation.Destination, situation.Origin) : await situation.GivenAsync();
        var move = CosmosSituation.Change(klant, k => k with { Bronorganisatie = situation.Destination });
        handler.Plan((number, _) => number > step ? Fault.Unavailable : null);
        _ = await Record.ExceptionAsync(async () => await mover.Store.CommitAsync(move, Cancellation));
        var over = handler.Count <= step;
        handler.Plan((_, _) => null);
        return over ? null : situation;
    }

    private static async Task<string> UpdateAsync(CosmosSituation situation, CosmosInstance instance, string body)
    {
        using var json = JsonDocument.Parse(body);
        var update = new ChangeKlant(instance.Store, Mock.Of<ISubjectLookup>(), new Publication(true), new(), TimeProvider.System);
        var read = (await instance.Store.ReadAsync(situation.Id, Cancellation))!;
        var url = new KlantUrl("https://x.example/klanten/");
        var outcome = await update
            .ExecuteAsync(read, json.RootElement, Dialect.Standard, Actie.PartialUpdate, StoreData.AuditContext, url, null, Cancellation);
        Assert.IsType<Outcome.Done>(outcome);
        return LocationOf((await instance.Store.ReadAsync(situation.Id, Cancellation))!);
    }

    private static async Task<KlantPage> ListAsync(CosmosInstance instance, params (FilterField, string)[] filter) =>
        (await instance.Store.ListAsync(new(filter), PageRequest.First, Cancellation))!;

    private static string LocationOf(StoredKlant klant) => KlantJson.Read(klant.Json).Bronorganisatie;
}
