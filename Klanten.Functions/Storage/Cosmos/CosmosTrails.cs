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
        if (await access.ReadAsync(bronorganisatie, id, CancellationToken.None) is KlantDocument { SpoorIn: not null, Verhuizing: null } klant)
            await FinishAsync(klant);
    }

    /// <remarks>
    /// Each copy is tied to the klant, so that none is made once the klant is deleted. What is left behind is only taken for
    /// nothing when a write to the old partition came before the look: until then the look may be at a replica that lags.
    /// </remarks>
    public async Task FinishAsync(KlantDocument klant)
    {
        var id = klant.Id.ToString();
        var van = klant.SpoorIn!;
        for (var fresh = false; ; fresh = true)
        {
            var documents = await access.QueryAsync("spoor.query", CosmosQueries.Trail(klant.Id), van, CancellationToken.None);
            if (documents.Count == 0)
            {
                if (fresh) break;
                await TouchAsync(van, id);
                continue;
            }
            var entries = Portion(documents).Select(document => AuditDocument.Read(document)!).ToList();
            var copied = await writer.SendAsync("spoor.copy", klant.Bronorganisatie,
                [new Step.Guard(id, klant.ETag), .. entries.Select(entry => new Step.Upsert(entry.Write(klant.Bronorganisatie)))],
                _ => TraceAsync(klant));
            if (copied is not { Succeeded: true, ETag: { } etag }) return;
            klant = klant with { ETag = etag };
            await DeleteAsync(van, entries.Select(entry => AuditDocument.IdOf(entry.Regel.Uuid)));
        }
        await writer.SendAsync("spoor.done", klant.Bronorganisatie,
            [new Step.Replace(id, (klant with { SpoorIn = null }).Write(), klant.ETag)], _ => TraceAsync(klant));
    }

    /// <summary>Deletes what is left of the trail of a deleted klant, and then the verwijzing that told of it.</summary>
    public async Task ClearAsync(Verwijzing deleted)
    {
        var id = deleted.Id.ToString();
        for (var fresh = false; ; fresh = true)
        {
            var documents = await access.QueryAsync("spoor.query", CosmosQueries.TrailIds(deleted.Id), deleted.Bronorganisatie, CancellationToken.None);
            if (documents.Count == 0 && fresh) break;
            if (documents.Count == 0) await TouchAsync(deleted.Bronorganisatie, id);
            else await DeleteAsync(deleted.Bronorganisatie, documents.Take(MaxEntries).Select(document => JsonSlices.Text(document, "id"u8)!));
        }
        await DeleteAsync(deleted.Bronorganisatie, [id]);
    }

    /// <remarks>Refused as a whole when somebody else deleted one of them; the next look tells what is left.</remarks>
    private Task DeleteAsync(string bronorganisatie, IEnumerable<string> ids) =>
        SendAsync("spoor.delete", bronorganisatie, [.. ids.Select(id => new Step.Delete(id))]);

    private Task TouchAsync(string bronorganisatie, string id) => SendAsync("spoor.touch", bronorganisatie, [new Step.Guard(id)]);

    private async Task SendAsync(string operation, string bronorganisatie, IReadOnlyList<Step> steps)
    {
        var answer = await writer.SendAsync(operation, bronorganisatie, steps, _ => Task.FromResult(Trace.NotDone));
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

    private async Task<Trace> TraceAsync(KlantDocument klant) =>
        (await access.ReadAsync(klant.Bronorganisatie, klant.Id, CancellationToken.None))?.ETag == klant.ETag ? Trace.NotDone : Trace.Overtaken;
}
