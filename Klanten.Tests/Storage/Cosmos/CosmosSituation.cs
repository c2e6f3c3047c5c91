using System.Text.Json.Nodes;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Microsoft.Azure.Cosmos;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>The state of a klant.</summary>
/// <param name="Location">The bronorganisatie that it is in; null when the klant does not exist.</param>
/// <param name="AuditCount">The number of entries in its audit trail.</param>
/// <param name="Notifications">The number of its notifications in the outbox.</param>
internal sealed record KlantState(string? Location, int AuditCount, int Notifications);

/// <summary>One klant with two new bronorganisaties, and the invariants that must hold for them after every fault.</summary>
internal sealed class CosmosSituation
{
    /// <summary>The moment at which the klant is created.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly CosmosHost host;

    /// <param name="host">The store.</param>
    /// <param name="isElsewhere">Whether the uuid was made by another system, and so tells no bronorganisatie.</param>
    public CosmosSituation(CosmosHost host, bool isElsewhere = false)
    {
        this.host = host;
        Id = isElsewhere ? KlantId.New("") : KlantId.New(Origin);
        while (isElsewhere && Id.Bronorganisatie is not null) Id = KlantId.New("");
    }

    public string Origin { get; } = Rsin();

    public string Destination { get; } = Rsin();

    public KlantId Id { get; }

    /// <summary>An achternaam that no other klant has.</summary>
    public string Achternaam { get; } = Guid.NewGuid().ToString("N");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public KlantCommit Creation() => StoreData.Creation(Klant(Origin) with { Achternaam = Achternaam }, Id, Start);

    public static KlantCommit Change(StoredKlant before, Func<Klant, Klant> change) =>
        StoreData.Change(before, change, Start.AddMinutes(1));

    public static KlantCommit Deletion(StoredKlant before) => StoreData.Deletion(before, Start.AddMinutes(2));

    /// <summary>Creates the klant, and moves it to each of these bronorganisaties in turn.</summary>
    public async Task<StoredKlant> GivenAsync(params string[] moves)
    {
        Assert.Equal(CommitResult.Committed, await host.Store.CommitAsync(Creation(), Cancellation));
        foreach (var destination in moves)
        {
            var move = Change(await ReadAsync(), klant => klant with { Bronorganisatie = destination });
            Assert.Equal(CommitResult.Committed, await host.Store.CommitAsync(move, Cancellation));
        }
        return await ReadAsync();
    }

    public async Task<StoredKlant> ReadAsync() => (await host.Store.ReadAsync(Id, Cancellation))!;

    /// <summary>
    /// The state of the klant as another instance finds it. Asserts that reads, lists and the trail agree, and that nothing
    /// unfinished remains: the klant exists at most once, no audit entry is without a klant, and the counters are right.
    /// </summary>
    public async Task<KlantState> InspectAsync()
    {
        // Listing ends all pending moves, so that nothing changes any more after these two requests.
        foreach (var bronorganisatie in new[] { Origin, Destination })
            await host.Store.ListAsync(new([(FilterFields.Bronorganisatie, bronorganisatie)]), PageRequest.First, Cancellation);
        var klant = await host.Store.ReadAsync(Id, Cancellation);
        var location = klant is null ? null : KlantJson.Read(klant.Json).Bronorganisatie;
        var entries = await host.Store.ReadAuditTrailAsync(Id, Cancellation);
        var trail = entries is null ? null : await entries.ReadAllAsync();
        foreach (var bronorganisatie in new[] { Origin, Destination })
        {
            var isHere = location == bronorganisatie;
            await AssertListedAsync(isHere, (FilterFields.Bronorganisatie, bronorganisatie));
            await AssertListedAsync(isHere, (FilterFields.Bronorganisatie, bronorganisatie), (FilterFields.Achternaam, Achternaam));
        }
        await AssertListedAsync(location is not null, (FilterFields.Achternaam, Achternaam));
        Assert.Equal(klant is null, trail is null);
        if (klant is not null)
        {
            var isLast = JsonNode.DeepEquals(JsonNode.Parse(klant.Json.Span), JsonNode.Parse(trail![^1].Nieuw.Span));
            Assert.True(isLast, "The last entry of the trail is not the klant.");
        }

        var documents = (await DocumentsAsync(Origin)).Concat(await DocumentsAsync(Destination)).ToList();
        Assert.Equal(klant is null ? 0 : 1, documents.Count(d => Type(d) == "klant"));
        Assert.DoesNotContain(documents, d => d.ContainsKey("move") || d.ContainsKey("trailStillIn"));
        Assert.DoesNotContain(documents, d => Type(d) == "forward" && !d.ContainsKey("toPartition"));
        Assert.All(documents.Where(d => Type(d) == "audit"), d => Assert.Equal(location, (string?)d["bronorganisatie"]));
        Assert.Equal(trail?.Count ?? 0, documents.Count(d => Type(d) == "audit"));
        foreach (var counters in documents.Where(d => Type(d) == "counters").GroupBy(d => (string?)d["bronorganisatie"]))
        {
            Assert.Equal(counters.Key == location ? 1 : 0, counters.Sum(shard => (int)(double)shard["klantCount"]!));
            Assert.Equal(0, counters.Sum(shard => (int)(double)shard["moveCount"]!));
        }
        return new(location, trail?.Count ?? 0, documents.Count(d => Type(d) == "notificatie"));
    }

    private async Task AssertListedAsync(bool listed, params (FilterField, string)[] filter)
    {
        var page = await host.Store.ListAsync(new(filter), PageRequest.First, Cancellation);
        Assert.Equal(listed ? 1 : 0, page!.Count);
        Assert.Equal(listed ? [Id] : [], page.Klanten.Items.Select(k => k.Id));
    }

    private async Task<List<JsonObject>> DocumentsAsync(string bronorganisatie)
    {
        var documents = new List<JsonObject>();
        var options = new QueryRequestOptions { PartitionKey = new PartitionKey(bronorganisatie) };
        using var pages = host.Container.GetItemQueryStreamIterator("SELECT * FROM c", requestOptions: options);
        while (pages.HasMoreResults)
        {
            using var page = await pages.ReadNextAsync(Cancellation);
            documents.AddRange(JsonNode.Parse(page.Content)!["Documents"]!.AsArray().Select(d => d!.AsObject()));
        }
        return documents;
    }

    private static string Type(JsonObject document) => (string)document["type"]!;
}
