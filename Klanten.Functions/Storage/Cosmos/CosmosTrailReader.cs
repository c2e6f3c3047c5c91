using System.Net;
using System.Runtime.CompilerServices;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Cosmos.Documents;
using Klanten.Functions.Storage.Cosmos.Requests;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// Reads audit trails. One that fits in a chunk, as nearly all do, takes one query. A longer one is read by the numbers of its
/// entries, a chunk at a time.
/// </summary>
internal sealed class CosmosTrailReader(CosmosAccess access, KlantFinder klanten)
{
    /// <summary>How often a read is repeated when the klant moves or changes while it is being read.</summary>
    private const int MaxAttempts = 8;

    private const string Operation = "trail.query";

    /// <summary>The start of the trail; null when the klant does not exist.</summary>
    public async Task<Chunk<AuditEntry>?> ReadAsync(KlantId id, CancellationToken cancellationToken)
    {
        var partition = id.Bronorganisatie;
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var (found, entries, fits) = partition is null ? (null, [], true) : await QueryAsync(id, partition, cancellationToken);
            if (fits && found is { Move: null, TrailStillIn: null })
            {
                if (AuditDocument.Trail(found, entries) is { } trail) return new(trail);
                continue;
            }
            var klant = await klanten.FindWithTrailAsync(id, cancellationToken);
            if (klant is null) return null;
            if (!fits) return await ReadChunkAsync(new(klant, 1, entries.Count), cancellationToken);
            partition = klant.Bronorganisatie;
        }
        throw new CosmosStoreException(Operation, HttpStatusCode.ServiceUnavailable);
    }

    /// <summary>One entry of the trail; null when the klant or the entry does not exist.</summary>
    public async Task<AuditEntry?> ReadEntryAsync(KlantId id, Guid uuid, CancellationToken cancellationToken)
    {
        var partition = id.Bronorganisatie;
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if (partition is not null)
            {
                var query = CosmosQueries.KlantAndEntry(partition, id, uuid);
                var documents = await access.QueryAsync(Operation, query, partition, cancellationToken);
                var found = documents.Select(KlantSlot.Parse).OfType<KlantDocument>().FirstOrDefault();
                if (found is { Move: null, TrailStillIn: null })
                {
                    var entries = documents.Select(AuditDocument.Parse).OfType<AuditDocument>();
                    if (AuditDocument.Single(uuid, found, entries) is { } single) return single is [var entry] ? entry : null;
                    continue;
                }
            }
            var klant = await klanten.FindWithTrailAsync(id, cancellationToken);
            if (klant is null) return null;
            partition = klant.Bronorganisatie;
        }
        throw new CosmosStoreException(Operation, HttpStatusCode.ServiceUnavailable);
    }

    /// <returns>The klant in this partition, its entries in no order, and whether these fit in a chunk; if not, they are some.</returns>
    private async Task<(KlantDocument? Klant, List<AuditDocument> Entries, bool Fits)> QueryAsync(
        KlantId id, string partition, CancellationToken cancellationToken)
    {
        KlantDocument? klant = null;
        var entries = new List<AuditDocument>();
        var bytes = 0L;
        var query = CosmosQueries.KlantAndTrail(partition, id);
        await foreach (var answer in access.QueryPagesAsync(Operation, query, partition, cancellationToken))
        {
            foreach (var json in answer)
            {
                klant ??= KlantSlot.Parse(json) as KlantDocument;
                if (AuditDocument.Parse(json) is not { } entry) continue;
                entries.Add(entry);
                // Twice, because it is also what the entry before it became.
                bytes += 2 * entry.Oud.Length;
                if (bytes > Chunk.MaxBytes) return (klant, entries, false);
            }
        }
        return (klant, entries, true);
    }

    private async ValueTask<Chunk<AuditEntry>> ReadNextAsync(Position position, CancellationToken cancellationToken) =>
        await ReadChunkAsync(position, cancellationToken) ?? throw new KlantRemovedException();

    /// <returns>Null when the klant has been removed.</returns>
    private async Task<Chunk<AuditEntry>?> ReadChunkAsync(Position position, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var entries = new List<AuditEntry>();
            var bytes = 0L;
            await foreach (var entry in EntriesAsync(position, cancellationToken))
            {
                entries.Add(entry);
                bytes += entry.Oud.Length + entry.Nieuw.Length;
                if (bytes >= Chunk.MaxBytes) break;
            }
            var next = position with { Number = position.Number + entries.Count, Portion = entries.Count + 1 };
            if (next.Number > position.Klant.AuditCount) return new(entries);
            if (bytes >= Chunk.MaxBytes) return new(entries, cancellation => ReadNextAsync(next, cancellation));
            // Entries are missing: the klant, and its trail with it, has been removed or has moved.
            if (await klanten.FindWithTrailAsync(position.Klant.Id, cancellationToken) is not { } moved) return null;
            position = position with { Klant = position.Klant with { Bronorganisatie = moved.Bronorganisatie } };
        }
        throw new CosmosStoreException(Operation, HttpStatusCode.ServiceUnavailable);
    }

    /// <summary>The entries from a position on, for as far as they are in the partition.</summary>
    private async IAsyncEnumerable<AuditEntry> EntriesAsync(
        Position position, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var klant = position.Klant;
        var query = CosmosQueries.Entries(klant.Bronorganisatie, klant.Id, position.Number, klant.AuditCount);
        var answers = access.QueryPagesAsync(Operation, query, klant.Bronorganisatie, cancellationToken, position.Portion);
        AuditDocument? last = null;
        await foreach (var answer in answers)
        {
            foreach (var json in answer)
            {
                var following = AuditDocument.Parse(json)!;
                if (following.Number != (last?.Number + 1 ?? position.Number)) yield break;
                if (last is not null) yield return last.ToEntry(following.Oud);
                last = following;
            }
        }
        if (last?.Number == klant.AuditCount) yield return last.ToEntry(klant.Json);
    }

    /// <summary>Where a chunk starts.</summary>
    /// <param name="Klant">The klant when the trail was asked for: what the last entry made it, and how many entries there were.</param>
    /// <param name="Number">The number of the first entry.</param>
    /// <param name="Portion">How many entries to ask for at a time: as many as probably fit in the chunk.</param>
    private sealed record Position(KlantDocument Klant, long Number, int Portion);
}
