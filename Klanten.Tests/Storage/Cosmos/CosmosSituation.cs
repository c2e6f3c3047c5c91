using System.Text.Json.Nodes;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Microsoft.Azure.Cosmos;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>What there is of a klant.</summary>
/// <param name="Location">The bronorganisatie that it is in; null when there is no klant.</param>
/// <param name="AuditCount">Entries in its audit trail.</param>
/// <param name="Notifications">Notifications that it left.</param>
internal sealed record KlantState(string? Location, int AuditCount, int Notifications);

/// <summary>One klant and two bronorganisaties of its own, and what must hold of them, whatever went wrong.</summary>
internal sealed class CosmosSituation
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly CosmosHost host;

    public CosmosSituation(CosmosHost host)
    {
        this.host = host;
        Id = KlantId.New(Origin);
    }

    public string Origin { get; } = Rsin();

    public string Destination { get; } = Rsin();

    public KlantId Id { get; }

    /// <summary>An achternaam that no other klant has.</summary>
    public string Achternaam { get; } = Guid.NewGuid().ToString("N");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public KlantCommit Creation() => StoreData.Creation(Klant(Origin) with { Achternaam = Achternaam }, Id, Start);

    public static KlantCommit Change(StoredKlant before, Func<Klant, Klant> change) => StoreData.Change(before, change, Start.AddMinutes(1));

    public static KlantCommit Deletion(StoredKlant before) => StoreData.Deletion(before, Start.AddMinutes(2));

    /// <summary>Makes the klant; moves it, one after another, to where it is to be.</summary>
    public async Task<StoredKlant> GivenAsync(params string[] moves)
    {
        Assert.Equal(CommitResult.Committed, await host.Store.CommitAsync(Creation(), Cancellation));
        foreach (var destination in moves)
            Assert.Equal(CommitResult.Committed, await host.Store.CommitAsync(Change(await ReadAsync(), k => k with { Bronorganisatie = destination }), Cancellation));
        return await ReadAsync();
    }

    public async Task<StoredKlant> ReadAsync() => (await host.Store.ReadAsync(Id, Cancellation))!;

    /// <summary>
    /// What another instance of the program finds. It finds the same in every way there is to look, and afterwards nothing
    /// is left half done: no klant twice, no entry without a klant, no counter that is off.
    /// </summary>
    public async Task<KlantState> InspectAsync()
    {
        // Whoever lists ends the moves that he meets: from here on nothing changes any more.
        foreach (var bronorganisatie in new[] { Origin, Destination })
            await host.Store.ListAsync(new([(FilterFields.Bronorganisatie, bronorganisatie)]), PageRequest.First, Cancellation);
        var klant = await host.Store.ReadAsync(Id, Cancellation);
        var location = klant is null ? null : KlantJson.Read(klant.Json).Bronorganisatie;
        var trail = await host.Store.ReadAuditTrailAsync(Id, Cancellation);
        foreach (var bronorganisatie in new[] { Origin, Destination })
        {
            await AssertListedAsync(location == bronorganisatie, (FilterFields.Bronorganisatie, bronorganisatie));
            await AssertListedAsync(location == bronorganisatie, (FilterFields.Bronorganisatie, bronorganisatie), (FilterFields.Achternaam, Achternaam));
        }
        await AssertListedAsync(location is not null, (FilterFields.Achternaam, Achternaam));
        Assert.Equal(klant is null, trail is null);
        if (klant is not null) Assert.True(JsonNode.DeepEquals(JsonNode.Parse(klant.Json.Span), JsonNode.Parse(trail![^1].Nieuw.Span)), "The trail does not end in the klant.");

        var documents = (await DocumentsAsync(Origin)).Concat(await DocumentsAsync(Destination)).ToList();
        Assert.Equal(klant is null ? 0 : 1, documents.Count(d => Type(d) == "klant"));
        Assert.DoesNotContain(documents, d => d.ContainsKey("move") || d.ContainsKey("trailStillIn"));
        Assert.DoesNotContain(documents, d => Type(d) == "forward" && !d.ContainsKey("toPartition"));
        Assert.All(documents.Where(d => Type(d) == "audit"), d => Assert.Equal(location, (string?)d["bronorganisatie"]));
        Assert.Equal(trail?.Count ?? 0, documents.Count(d => Type(d) == "audit"));
        foreach (var counters in documents.Where(d => Type(d) == "counters"))
        {
            Assert.Equal((string?)counters["bronorganisatie"] == location ? 1 : 0, (int)(double)counters["klantCount"]!);
            Assert.Equal(0, (int)(double)counters["moveCount"]!);
        }
        return new(location, trail?.Count ?? 0, documents.Count(d => Type(d) == "notificatie"));
    }

    private async Task AssertListedAsync(bool listed, params (FilterField, string)[] filter)
    {
        var page = await host.Store.ListAsync(new(filter), PageRequest.First, Cancellation);
        Assert.Equal(listed ? 1 : 0, page!.Count);
        Assert.Equal(listed ? [Id] : [], page.Klanten.Select(k => k.Id));
    }

    private async Task<List<JsonObject>> DocumentsAsync(string bronorganisatie)
    {
        var documents = new List<JsonObject>();
        using var pages = host.Container.GetItemQueryStreamIterator("SELECT * FROM c", requestOptions: new() { PartitionKey = new PartitionKey(bronorganisatie) });
        while (pages.HasMoreResults)
        {
            using var page = await pages.ReadNextAsync(Cancellation);
            documents.AddRange(JsonNode.Parse(page.Content)!["Documents"]!.AsArray().Select(d => d!.AsObject()));
        }
        return documents;
    }

    private static string Type(JsonObject document) => (string)document["type"]!;
}
