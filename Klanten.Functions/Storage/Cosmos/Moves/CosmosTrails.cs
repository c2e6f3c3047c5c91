using System.Net;
using Klanten.Core.Model;
using Klanten.Functions.Storage.Cosmos.Documents;
using Klanten.Functions.Storage.Cosmos.Requests;

namespace Klanten.Functions.Storage.Cosmos.Moves;

/// <summary>Moves and deletes audit trails, which may be too long for one transaction.</summary>
internal sealed class CosmosTrails(CosmosAccess access, CosmosWriter writer)
{
    /// <summary>A transaction has at most 100 steps (Azure Cosmos DB, service limits); the klant and the counters need some.</summary>
    public const int MaxEntries = 90;

    /// <summary>A transaction has at most 2 MB (Azure Cosmos DB, service limits), including what the SDK adds to each step.</summary>
    private const int MaxBytes = 1_500_000;

    /// <summary>Moves the rest of a klant's trail to the klant's partition, if part of it is still in the previous one.</summary>
    public async Task FinishAsync(string bronorganisatie, KlantId id)
    {
        var slot = await access.ReadAsync(bronorganisatie, id, CancellationToken.None);
        if (slot is KlantDocument { TrailStillIn: not null } klant) await FinishAsync(klant);
    }

    /// <remarks>
    /// Each copy depends on the klant's ETag, so that no copy is made once the klant is deleted. An empty result counts only after
    /// a write to the old partition: until then the read may come from a stale replica.
    /// </remarks>
    public async Task FinishAsync(KlantDocument klant)
    {
        var id = klant.Id.ToString();
        var origin = klant.TrailStillIn!;
        for (var afterWrite = false; ; afterWrite = true)
        {
            var entries = await ReadPortionAsync(origin, klant.Id);
            if (entries.Count == 0)
            {
                if (afterWrite) break;
                await TouchAsync(origin, id);
                continue;
            }
            var destination = klant.Bronorganisatie;
            var copies = entries.Select(entry => new Step.Upsert((entry with { Bronorganisatie = destination }).ToJson()));
            var copied = await writer.SendAsync("trail.copy", destination, [new Step.Guard(id, klant.ETag), .. copies]);
            if (copied is not { Succeeded: true, ETag: { } etag }) return;
            klant = klant with { ETag = etag };
            await DeleteAsync(origin, entries.Select(entry => entry.Id));
        }
        await writer.SendAsync("trail.done", klant.Bronorganisatie,
            [new Step.Replace(id, (klant with { TrailStillIn = null }).ToJson(), klant.ETag)]);
    }

    /// <summary>Deletes the rest of the trail of a deleted klant, and then the forward in its place that marks the deletion.</summary>
    public async Task ClearAsync(Forward deleted)
    {
        var id = deleted.Id.ToString();
        for (var afterWrite = false; ; afterWrite = true)
        {
            var query = CosmosQueries.TrailIds(deleted.Bronorganisatie, deleted.Id, MaxEntries);
            var documents = await access.QueryAsync("trail.query", query, deleted.Bronorganisatie, CancellationToken.None);
            if (documents.Count == 0)
            {
                if (afterWrite) break;
                await TouchAsync(deleted.Bronorganisatie, id);
                continue;
            }
            var ids = documents.Select(document => JsonSlices.GetString(document, "id"u8)!);
            await DeleteAsync(deleted.Bronorganisatie, ids);
        }
        await DeleteAsync(deleted.Bronorganisatie, [id]);
    }

    /// <remarks>Refused as a whole when another process has deleted one of them; the next query then shows what is left.</remarks>
    private Task DeleteAsync(string bronorganisatie, IEnumerable<string> ids) =>
        SendAsync("trail.delete", bronorganisatie, [.. ids.Select(id => new Step.Delete(id))]);

    /// <summary>A write without effect, after which reads in this session are no staler than it.</summary>
    private Task TouchAsync(string bronorganisatie, string id) => SendAsync("trail.touch", bronorganisatie, [new Step.Guard(id)]);

    private async Task SendAsync(string operation, string bronorganisatie, IReadOnlyList<Step> steps)
    {
        var answer = await writer.SendAsync(operation, bronorganisatie, steps);
        if (!answer.Succeeded && answer.Code != HttpStatusCode.NotFound)
            throw new CosmosStoreException(operation, answer.Status);
    }

    /// <summary>Entries of a trail, as many as fit in a transaction.</summary>
    private async Task<List<AuditDocument>> ReadPortionAsync(string bronorganisatie, KlantId id)
    {
        var entries = new List<AuditDocument>();
        var bytes = 0;
        var query = CosmosQueries.Trail(bronorganisatie, id);
        await foreach (var answer in access.QueryPagesAsync("trail.query", query, bronorganisatie, CancellationToken.None, MaxEntries))
        {
            foreach (var document in answer)
            {
                bytes += document.Length;
                if (entries.Count == MaxEntries || (entries.Count > 0 && bytes > MaxBytes)) return entries;
                entries.Add(AuditDocument.Parse(document)!);
            }
        }
        return entries;
    }
}
