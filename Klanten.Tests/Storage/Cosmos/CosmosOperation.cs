using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>An operation of the store, with the state of the klant before it and after it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Prepare">Stores what the operation needs, and returns the operation, which another instance carries out.</param>
/// <param name="Before">The state before the operation.</param>
/// <param name="After">The state after the operation has succeeded.</param>
internal sealed record CosmosOperation(
    string Name,
    Func<CosmosSituation, CosmosHost, Task<Func<CosmosInstance, Task>>> Prepare,
    Func<CosmosSituation, KlantState> Before,
    Func<CosmosSituation, KlantState> After)
{
    private static readonly DateTimeOffset Later = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static IReadOnlyList<CosmosOperation> All { get; } =
    [
        Commit("create", _ => Task.FromResult<StoredKlant?>(null), (s, _) => s.Creation(), None, Created),
        Commit("update", Given, (_, k) => CosmosSituation.Change(k!, x => x with { Functie = "Kok" }), Created, s => new(s.Origin, 2, 2)),
        Commit(
            "renumber",
            Given,
            (_, k) => CosmosSituation.Change(k!, x => x with { Klantnummer = "A-2" }),
            Created,
            s => new(s.Origin, 2, 2)),
        Commit("delete", Given, (_, k) => CosmosSituation.Deletion(k!), Created, _ => new(null, 0, 2)),
        Commit(
            "move",
            Given,
            (s, k) => CosmosSituation.Change(k!, x => x with { Bronorganisatie = s.Destination }),
            Created,
            s => new(s.Destination, 2, 2)),
        Commit(
            "move back",
            Moved,
            (s, k) => CosmosSituation.Change(k!, x => x with { Bronorganisatie = s.Origin }),
            s => new(s.Destination, 2, 2),
            s => new(s.Origin, 3, 3)),
        Commit("delete moved", Moved, (_, k) => CosmosSituation.Deletion(k!), s => new(s.Destination, 2, 2), _ => new(null, 0, 3)),
        Read("read", async (s, i) => Assert.NotNull(await i.Store.ReadAsync(s.Id, Cancellation))),
        Read("read nothing", async (s, i) => Assert.Null(await i.Store.ReadAsync(KlantId.New(s.Origin), Cancellation))),
        Read("list by key", async (s, i) => Assert.Equal(1, (await ListAsync(i, 1, (FilterFields.Achternaam, s.Achternaam)))!.Count)),
        Read("list a bronorganisatie", async (s, i) =>
            Assert.Equal(1, (await ListAsync(i, 1, (FilterFields.Bronorganisatie, s.Origin)))!.Count)),
        Read("list all", async (_, i) => Assert.InRange((await ListAsync(i, 1))!.Count, 1, long.MaxValue)),
        Read("list the last page", async (s, i) =>
            Assert.Equal(1, (await ListAsync(i, null, (FilterFields.Achternaam, s.Achternaam)))!.Count)),
        Read("ask for a klantnummer", async (s, i) => Assert.True(await i.Store.IsTakenAsync(s.Origin, "10000001", null, Cancellation))),
        Read("read the trail", async (s, i) => Assert.Single((await i.Store.ReadAuditTrailAsync(s.Id, Cancellation))!.Items)),
        Read("read an entry", async (s, i) => Assert.Null(await i.Store.ReadAuditEntryAsync(s.Id, Guid.NewGuid(), Cancellation))),
        Read("number", async (s, i) => Assert.InRange(await i.Store.TakeNumbersAsync(s.Origin, 1, 1, Cancellation), 1, 1_000)),
        Read("first number", async (s, i) => Assert.InRange(await i.Store.TakeNumbersAsync(s.Destination, 1, 1, Cancellation), 1, 1_000)),
        new("lease a notification", async (s, h) =>
        {
            await PreparedOutboxAsync(s, h);
            // When the answer to the lease is lost, the entry is leased although no instance has it; then none is returned.
            return async i => Assert.InRange((await i.Outbox.LeaseAsync(10, Later, Lease, Cancellation)).Count, 0, 1);
        }, Created, Created),
        new("postpone a notification", async (s, h) =>
        {
            var entry = await PreparedEntryAsync(s, h);
            return i => i.Outbox.FailedAsync(entry, Later, Cancellation).AsTask();
        }, Created, Created),
        new("deliver a notification", async (s, h) =>
        {
            var entry = await PreparedEntryAsync(s, h);
            return i => i.Outbox.DeliveredAsync(entry, Cancellation).AsTask();
        }, Created, s => new(s.Origin, 1, 0)),
        Read("outbox status", async (_, i) => Assert.NotNull(await i.Outbox.StatusAsync(Cancellation))),
    ];

    private static KlantState None(CosmosSituation s) => new(null, 0, 0);

    private static KlantState Created(CosmosSituation s) => new(s.Origin, 1, 1);

    private static async Task<StoredKlant?> Given(CosmosSituation s) => await s.GivenAsync();

    private static async Task<StoredKlant?> Moved(CosmosSituation s) => await s.GivenAsync(s.Destination);

    private static CosmosOperation Commit(
        string name, Func<CosmosSituation, Task<StoredKlant?>> given, Func<CosmosSituation, StoredKlant?, KlantCommit> commit,
        Func<CosmosSituation, KlantState> before, Func<CosmosSituation, KlantState> after) =>
        new(name, async (situation, _) =>
        {
            var send = commit(situation, await given(situation));
            return async instance => Assert.Equal(CommitResult.Committed, await instance.Store.CommitAsync(send, Cancellation));
        }, before, after);

    private static CosmosOperation Read(string name, Func<CosmosSituation, CosmosInstance, Task> read) =>
        new(name, async (situation, _) =>
        {
            await situation.GivenAsync();
            return instance => read(situation, instance);
        }, Created, Created);

    private static Task<KlantPage?> ListAsync(CosmosInstance instance, int? number, params (FilterField, string)[] filter) =>
        instance.Store.ListAsync(new(filter), new(number), Cancellation).AsTask();

    /// <summary>Empties the outbox, and creates the klant with its one notification.</summary>
    private static async Task PreparedOutboxAsync(CosmosSituation situation, CosmosHost host)
    {
        while (await host.Outbox.LeaseAsync(100, Later.AddYears(1), Lease, Cancellation) is { Count: > 0 } left)
        {
            foreach (var entry in left) await host.Outbox.DeliveredAsync(entry, Cancellation);
        }
        await situation.GivenAsync();
    }

    private static async Task<OutboxEntry> PreparedEntryAsync(CosmosSituation situation, CosmosHost host)
    {
        await PreparedOutboxAsync(situation, host);
        return Assert.Single(await host.Outbox.LeaseAsync(10, Later, Lease, Cancellation));
    }
}
