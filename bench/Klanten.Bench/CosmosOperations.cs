using System.Text.Json;
using System.Text.Json.Nodes;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.UseCases;
using Klanten.Functions.Storage.Cosmos;
using Klanten.Seed;
using Microsoft.Azure.Cosmos;

namespace Klanten.Bench;

/// <summary>An operation of the store.</summary>
/// <param name="Name">Its name in docs/operations.md.</param>
/// <param name="PrepareAsync">Stores what the operation needs, and returns the operation.</param>
internal sealed record CosmosOperation(string Name, Func<Task<Func<Task>>> PrepareAsync);

/// <summary>Every operation of the store, as the program carries it out, on two bronorganisaties.</summary>
internal sealed class CosmosOperations(CosmosKlantStore store, CosmosOutbox outbox, Container container)
{
    /// <summary>
    /// More than one page in each bronorganisatie, but few, because the local server reads all documents for each query.
    /// </summary>
    public const int Klanten = 300;

    private const int Entries = 4;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly KlantUrl Url = new("https://klanten.example/api/v1/klanten/");
    private static readonly AuditContext AuditContext = new()
    {
        ApplicatieId = Guid.Empty.ToString(),
        ApplicatieWeergave = "Bench",
        GebruikersId = "bench",
        GebruikersWeergave = "Bench",
    };

    private readonly RegisterKlant create = new(store, new NoSubjects(), new(true), TimeProvider.System);
    private readonly ChangeKlant update = new(store, new NoSubjects(), new(true), new(), TimeProvider.System);
    private readonly RemoveKlant delete = new(store, new(true), new(), TimeProvider.System);
    private readonly IEnumerator<Klant> sample = new SampleKlanten(2, 2).Endless().GetEnumerator();
    private readonly List<KlantId> made = [];
    private List<KlantId> klanten = [];
    private string origin = "";
    private string destination = "";
    private string bsn = "";
    private KlantId changed;
    private Guid auditEntry;
    private int turn;
    private int number;

    public IReadOnlyList<CosmosOperation> All =>
    [
        Ready("(the SDK alone: a point read)", async () => (await container.ReadItemStreamAsync(Next().ToString(), new(origin))).Dispose()),
        Ready("klant_read", () => ReadAsync(Next())),
        Ready("klant_read, no such klant", () => ReadAsync(KlantId.New(origin))),
        With("klant_create with a klantnummer", () => Body($"B{number++}"), CreateAsync),
        With("klant_create without", () => Body(null), CreateAsync),
        With("klant_update, klant_partial_update", MakeAsync, id => UpdateAsync(id, $$"""{"functie":"Kok {{turn++}}"}""")),
        With("klant_delete", MakeAsync, async id => Done(await delete.ExecuteAsync(id, Url, null, default))),
        Ready("klant_list by a key", () => ListAsync(1, (FilterFields.InpBsn, bsn))),
        Ready("klant_list by a key within a bronorganisatie", () =>
            ListAsync(1, (FilterFields.Bronorganisatie, origin), (FilterFields.InpBsn, bsn))),
        Ready("klant_list, first page of all", () => ListAsync(1)),
        Ready("klant_list, first page of a bronorganisatie", () => ListAsync(1, (FilterFields.Bronorganisatie, origin))),
        Ready("klant_list, page 2 of all", () => ListAsync(2)),
        Ready("klant_list, page 2 of a bronorganisatie", () => ListAsync(2, (FilterFields.Bronorganisatie, origin))),
        Ready("klant_list, the last page of all: 3", () => ListAsync(null)),
        Ready("audittrail_list", async () => Expect((await store.ReadAuditTrailAsync(changed, default))?.Items.Count == Entries)),
        Ready("audittrail_read", async () => Expect(await store.ReadAuditEntryAsync(changed, auditEntry, default) is not null)),
        Ready("a look in the outbox, nothing due", async () =>
            Expect((await outbox.LeaseAsync(32, DateTimeOffset.UnixEpoch, Lease, default)).Count == 0)),
        With("a notification, held and delivered", MakeAsync, _ => DeliverAsync()),
        With("klant_update that moves the klant", MakeAsync, id => UpdateAsync(id, $$"""{"bronorganisatie":"{{destination}}"}""")),
    ];

    /// <summary>Fills the store.</summary>
    public async Task OpenAsync()
    {
        var samples = new SampleKlanten(1, 2).Endless().Take(Klanten);
        await new StoreFiller(store, TimeProvider.System).ExecuteAsync(samples, AuditContext, _ => { }, default);
        for (var page = 1; klanten.Count < Klanten; page++)
            klanten.AddRange((await store.ListAsync(KlantFilter.None, new(page), default))!.Klanten.Items.Select(k => k.Id));
        origin = klanten[0].Bronorganisatie!;
        destination = klanten.First(id => id.Bronorganisatie != origin).Bronorganisatie!;
        klanten = klanten.FindAll(id => id.Bronorganisatie == origin);
        bsn = (await FirstPersonAsync()).InpBsn;
        changed = klanten[^1];
        for (var entry = 1; entry < Entries; entry++) await UpdateAsync(changed, $$"""{"functie":"Kok {{entry}}"}""");
        auditEntry = (await store.ReadAuditTrailAsync(changed, default))!.Items[^1].Uuid;
        await TidyAsync();
    }

    /// <summary>Deletes what operations have stored, so that the store has the same size for the next operation.</summary>
    public async Task TidyAsync()
    {
        foreach (var id in made) await delete.ExecuteAsync(id, Url, null, default);
        made.Clear();
        while (await outbox.LeaseAsync(100, DateTimeOffset.UtcNow, Lease, default) is { Count: > 0 } left)
        {
            foreach (var entry in left) await outbox.DeliveredAsync(entry, default);
        }
    }

    private static CosmosOperation Ready(string name, Func<Task> operation) => new(name, () => Task.FromResult(operation));

    private static CosmosOperation With<T>(string name, Func<Task<T>> prepare, Func<T, Task> operation) => new(name, async () =>
    {
        var given = await prepare();
        return () => operation(given);
    });

    /// <summary>The next klant, in rotation.</summary>
    private KlantId Next() => klanten[turn++ % klanten.Count];

    private async Task<NatuurlijkPersoon> FirstPersonAsync()
    {
        foreach (var id in klanten)
        {
            var klant = KlantJson.Read((await store.ReadAsync(id, default))!.Json);
            if (klant.SubjectIdentificatie is NatuurlijkPersoon { InpBsn.Length: > 0 } person) return person;
        }
        throw new InvalidOperationException("No klant has a BSN.");
    }

    private Task<JsonDocument> Body(string? klantnummer)
    {
        sample.MoveNext();
        var klant = sample.Current with { Bronorganisatie = origin, Klantnummer = klantnummer ?? "" };
        var body = JsonNode.Parse(KlantJson.Write(klant))!.AsObject();
        if (klantnummer is null) body.Remove("klantnummer");
        return Task.FromResult(JsonDocument.Parse(body.ToJsonString()));
    }

    /// <summary>Creates a klant, with a notification.</summary>
    private async Task<KlantId> MakeAsync()
    {
        await CreateAsync(await Body(null));
        return made[^1];
    }

    private async Task CreateAsync(JsonDocument body)
    {
        made.Add(Done(await create.ExecuteAsync(body.RootElement, Dialect.Standard, AuditContext, Url, default)).Id);
        body.Dispose();
    }

    private async Task UpdateAsync(KlantId id, string json)
    {
        using var body = JsonDocument.Parse(json);
        var klant = (await store.ReadAsync(id, default))!;
        Done(await update.ExecuteAsync(
            klant, body.RootElement, Dialect.Standard, Actie.PartialUpdate, AuditContext, Url, null, default));
    }

    private async Task ReadAsync(KlantId id) => await store.ReadAsync(id, default);

    private async Task ListAsync(int? page, params (FilterField, string)[] filter) =>
        Expect(await store.ListAsync(new(filter), new(page), default) is not null);

    private async Task DeliverAsync()
    {
        var entries = await outbox.LeaseAsync(1, DateTimeOffset.UtcNow, Lease, default);
        await outbox.DeliveredAsync(entries[0], default);
    }

    private static Outcome.Done Done(Outcome outcome) =>
        outcome as Outcome.Done ?? throw new InvalidOperationException($"The outcome is {outcome.GetType().Name}.");

    private static void Expect(bool condition)
    {
        if (!condition) throw new InvalidOperationException("The store answered something else than expected.");
    }

    /// <summary>The sample has no subjects.</summary>
    private sealed class NoSubjects : ISubjectLookup
    {
        public Task<bool> ExistsAsync(string subject, CancellationToken cancellationToken) => Task.FromResult(false);
    }
}
