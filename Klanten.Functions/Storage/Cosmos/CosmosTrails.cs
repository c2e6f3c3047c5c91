using System.Net;
using Klanten.Core.Model;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>Work on audit trails that may be too long for one transaction: taking one along on a move, and clearing one away.</summary>
internal sealed class CosmosTrails(CosmosAccess access, CosmosWriter writer)
{
    /// <summary>A transaction has at most 100 steps (Azure Cosmos DB, service limits); some are for other things.</summary>
    public const int MaxEntries = 90;

    /// <summary>A transaction has at most 2 MB; some is for the envelope.</summary>
    private const int MaxBytes = 1_500_000;

    /// <summary>Brings the rest of a klant's trail to where the klant is, when it is not there yet.</summary>
    public async Task FinishAsync(string bronorganisatie, KlantId id)
    {
        if (await access.ReadAsync(bronorganisatie, id, CancellationToken.None) is KlantDocument { TrailStillIn: not null, Move: null } klant)
            await FinishAsync(klant);
    }

    /// <remarks>
    /// Each copy is tied to the klant, so that none is made once the klant is deleted. What is left behind is only taken for
    /// nothing when a write to the old partition came before the look: until then the look may be at a replica that lags.
    /// </remarks>
    public async Task FinishAsync(KlantDocument klant)
    {
        var id = klant.Id.ToString();
        var origin = klant.TrailStillIn!;
        for (var fresh = false; ; fresh = true)
        {
            var documents = await access.QueryAsync("trail.query", CosmosQueries.Trail(klant.Id), origin, CancellationToken.None);
            if (documents.Count == 0)
            {
                if (fresh) break;
                await TouchAsync(origin, id);
                continue;
            }
            var entries = Portion(documents).Select(document => AuditDocument.Parse(document)!).ToList();
            var copied = await writer.SendAsync("trail.copy", klant.Bronorganisatie,
                [new Step.Guard(id, klant.ETag), .. entries.Select(entry => new Step.Upsert(entry.ToJson(klant.Bronorganisatie)))],
                _ => ReadFateAsync(klant));
            if (copied is not { Succeeded: true, ETag: { } etag }) return;
            klant = klant with { ETag = etag };
            await DeleteAsync(origin, entries.Select(entry => AuditDocument.CreateId(entry.Entry.Uuid)));
        }
        await writer.SendAsync("trail.done", klant.Bronorganisatie,
            [new Step.Replace(id, (klant with { TrailStillIn = null }).ToJson(), klant.ETag)], _ => ReadFateAsync(klant));
    }

    /// <summary>Deletes what is left of the trail of a deleted klant, and then the forward that told of it.</summary>
    public async Task ClearAsync(Forward deleted)
    {
        var id = deleted.Id.ToString();
        for (var fresh = false; ; fresh = true)
        {
            var documents = await access.QueryAsync("trail.query", CosmosQueries.TrailIds(deleted.Id), deleted.Bronorganisatie, CancellationToken.None);
            if (documents.Count == 0 && fresh) break;
            if (documents.Count == 0) await TouchAsync(deleted.Bronorganisatie, id);
            else await DeleteAsync(deleted.Bronorganisatie, documents.Take(MaxEntries).Select(document => JsonSlices.GetString(document, "id"u8)!));
        }
        await DeleteAsync(deleted.Bronorganisatie, [id]);
    }

    /// <remarks>Refused as a whole when somebody else deleted one of them; the next look tells what is left.</remarks>
    private Task DeleteAsync(string bronorganisatie, IEnumerable<string> ids) =>
        SendAsync("trail.delete", bronorganisatie, [.. ids.Select(id => new Step.Delete(id))]);

    private Task TouchAsync(string bronorganisatie, string id) => SendAsync("trail.touch", bronorganisatie, [new Step.Guard(id)]);

    private async Task SendAsync(string operation, string bronorganisatie, IReadOnlyList<Step> steps)
    {
        var answer = await writer.SendAsync(operation, bronorganisatie, steps, _ => Task.FromResult(WriteFate.NotDone));
        if (!answer.Succeeded && answer.Status != HttpStatusCode.NotFound) throw new CosmosStoreException(operation, answer.Status);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Portion(List<ReadOnlyMemory<byte>> documents)
    {
        var bytes = 0;
        for (var i = 0; i < documents.Count && i < MaxEntries; i++)
        {
            bytes += documents[i].Length;
            if (i > 0 && bytes > MaxBytes) yield break;
            yield return documents[i];
        }
    }

    private async Task<WriteFate> ReadFateAsync(KlantDocument klant) =>
        (await access.ReadAsync(klant.Bronorganisatie, klant.Id, CancellationToken.None))?.ETag == klant.ETag ? WriteFate.NotDone : WriteFate.Overtaken;
}
