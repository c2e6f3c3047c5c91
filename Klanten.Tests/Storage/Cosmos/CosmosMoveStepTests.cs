using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.UseCases;
using Moq;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>
/// The program dies in the middle of a move, before or after any of its requests. Whoever comes next, whatever he comes
/// for, finds exactly one klant with its whole trail, and the move ends: made or undone.
/// </summary>
public sealed class CosmosMoveStepTests(CosmosAccount account)
{
    /// <summary>What someone else does next. Each returns where it found the klant.</summary>
    private static readonly Dictionary<string, Func<CosmosSituation, CosmosInstance, Task<string>>> Followers = new()
    {
        ["a reader"] = async (s, i) => LocationOf((await i.Store.ReadAsync(s.Id, Cancellation))!),
        ["a lister of all"] = async (s, i) => LocationOf(Assert.Single((await ListAsync(i)).Klanten, k => k.Id == s.Id)),
        ["a lister by key"] = async (s, i) => LocationOf(Assert.Single((await ListAsync(i, (FilterFields.Achternaam, s.Achternaam))).Klanten)),
        ["a lister of the bronorganisaties"] = async (s, i) =>
        {
            // The new one first: where the klant is not yet, it must still be in the old one, and the other way round.
            var destination = await ListAsync(i, (FilterFields.Bronorganisatie, s.Destination));
            var origin = await ListAsync(i, (FilterFields.Bronorganisatie, s.Origin));
            Assert.Equal(1, destination.Count + origin.Count);
            return LocationOf(Assert.Single(destination.Klanten.Concat(origin.Klanten)));
        },
        ["a reader of the trail"] = async (s, i) => KlantJson.Read((await i.Store.ReadAuditTrailAsync(s.Id, Cancellation))![^1].Nieuw).Bronorganisatie,
        ["a writer"] = (s, i) => UpdateAsync(s, i, """{"functie":"Kok"}"""),
        ["a mover"] = (s, i) => UpdateAsync(s, i, $$"""{"bronorganisatie":"{{s.Destination}}"}"""),
        ["one who claims the klantnummer"] = async (s, i) =>
        {
            var claim = StoreData.Creation(Klant(s.Destination), KlantId.New(s.Destination), new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
            var result = await i.Store.CommitAsync(claim, Cancellation);
            var location = LocationOf((await i.Store.ReadAsync(s.Id, Cancellation))!);
            Assert.Equal(location == s.Destination ? CommitResult.KlantnummerTaken : CommitResult.Committed, result);
            if (result == CommitResult.Committed)
                await i.Store.CommitAsync(StoreData.Deletion((await i.Store.ReadAsync(claim.Id, Cancellation))!, new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero)), Cancellation);
            return location;
        },
    };

    public static TheoryData<string> FollowerNames => [.. Followers.Keys];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(FollowerNames))]
    public async Task A_move_that_dies_halfway_is_ended_by(string follower)
    {
        await using var host = await CosmosHost.OpenAsync(account);
        using var handler = new FaultHandler();
        using var mover = host.Another(handler);
        using var other = host.Another();
        var ends = new List<string>();
        foreach (var returns in new[] { false, true })
        {
            for (var step = 1; await DieAsync(host, mover, handler, returns, step) is { } situation; step++)
            {
                var location = await Followers[follower](situation, other);
                Assert.Contains(location, new[] { situation.Origin, situation.Destination });
                var found = await situation.InspectAsync();
                // Between looking and looking again a move may have been ended, never undone.
                Assert.True(found.Location == location || found.Location == situation.Destination, $"After step {step}: {location}, then {found}");
                Assert.Equal(found.AuditCount, (await other.Store.ReadAuditTrailAsync(situation.Id, Cancellation))!.Count);
                ends.Add($"{(returns ? "back, " : "")}step {step}: {(found.Location == situation.Origin ? "undone" : "made")}");
            }
        }
        TestContext.Current.TestOutputHelper!.WriteLine($"{follower}: {ends.Count} deaths; {string.Join("; ", ends)}");
    }

    /// <summary>A situation in which a mover died after so many requests; null when the move was over by then.</summary>
    private static async Task<CosmosSituation?> DieAsync(CosmosHost host, CosmosInstance mover, FaultHandler handler, bool returns, int step)
    {
        var situation = new CosmosSituation(host);
        // On the way back the klant meets the forward that it left.
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
        var update = new ChangeKlant(instance.Store, Mock.Of<ISubjectLookup>(), new Publication(true), TimeProvider.System);
        var read = (await instance.Store.ReadAsync(situation.Id, Cancellation))!;
        Assert.IsType<Outcome.Done>(await update.ExecuteAsync(read, json.RootElement, Actie.PartialUpdate, StoreData.AuditContext, new("https://x.example/klanten/"), Cancellation));
        return LocationOf((await instance.Store.ReadAsync(situation.Id, Cancellation))!);
    }

    private static async Task<KlantPage> ListAsync(CosmosInstance instance, params (FilterField, string)[] filter) =>
        (await instance.Store.ListAsync(new(filter), PageRequest.First, Cancellation))!;

    private static string LocationOf(StoredKlant klant) => KlantJson.Read(klant.Json).Bronorganisatie;
}
