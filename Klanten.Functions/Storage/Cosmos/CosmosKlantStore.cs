using System.Net;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>The store of the cloud: one container of Cosmos DB, a partition a bronorganisatie.</summary>
internal sealed class CosmosKlantStore : IKlantStore
{
    /// <summary>How often to look again when others keep moving what was found.</summary>
    private const int MaxAttempts = 8;

    private readonly CosmosAccess access;
    private readonly CosmosTrails trails;
    private readonly CosmosMoves moves;
    private readonly CosmosCommits commits;
    private readonly CosmosLists lists;

    private readonly OutboxSignal signal;

    public CosmosKlantStore(CosmosAccess access, OutboxSignal signal)
    {
        (this.access, this.signal) = (access, signal);
        var writer = new CosmosWriter(access);
        trails = new(access, writer);
        moves = new(access, writer, trails);
        commits = new(access, writer, moves, trails);
        lists = new(access, moves);
    }

    public async ValueTask<StoredKlant?> ReadAsync(KlantId id, CancellationToken cancellationToken) =>
        (await FindAsync(id, cancellationToken))?.ToStoredKlant();

    public async ValueTask<KlantPage?> ListAsync(KlantFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        await lists.ListAsync(filter, page, cancellationToken);

    public async ValueTask<bool> IsTakenAsync(string bronorganisatie, string klantnummer, KlantId? except, CancellationToken cancellationToken) =>
        await moves.FindHolderAsync(bronorganisatie, klantnummer, cancellationToken) is { } holder && holder.Id != except;

    public async ValueTask<long> NextNumberAsync(string bronorganisatie, long increment, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                if (await access.IncrementKlantnummerAsync(bronorganisatie, increment, cancellationToken) is { } number) return number;
                await access.CreateCountersAsync(bronorganisatie, cancellationToken);
            }
            catch (CosmosStoreException fault) when (CosmosAccess.IsUnanswered(fault.Status) && attempt < MaxAttempts)
            {
                // A number that was given out without an answer is a gap.
            }
        }
    }

    /// <remarks>Once it is sent, a commit goes on, whether or not the consumer waits for it.</remarks>
    public async ValueTask<CommitResult> CommitAsync(KlantCommit commit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var result = await (commit switch
        {
            { After: null } => commits.DeleteAsync(commit),
            { Before: null } => commits.CreateAsync(commit),
            { Before.Version: var version, After.Bronorganisatie: var destination } when CosmosVersion.From(version).Bronorganisatie == destination => commits.ReplaceAsync(commit),
            _ => moves.MoveAsync(commit),
        });
        if (result == CommitResult.Committed && commit.Notificatie is not null) signal.Set();
        return result;
    }

    public ValueTask<IBulkLoad> BeginBulkLoadAsync(CancellationToken cancellationToken) => ValueTask.FromResult<IBulkLoad>(new CosmosBulkLoad(this));

    public async ValueTask<IReadOnlyList<AuditEntry>?> ReadAuditTrailAsync(KlantId id, CancellationToken cancellationToken) =>
        await ReadTrailAsync(id, CosmosQueries.KlantAndTrail(id), cancellationToken);

    public async ValueTask<AuditEntry?> ReadAuditEntryAsync(KlantId id, Guid uuid, CancellationToken cancellationToken) =>
        await ReadTrailAsync(id, CosmosQueries.KlantAndEntry(id, uuid), cancellationToken) is [var entry] ? entry : null;

    /// <summary>The klant, wherever it is; a move or a deletion that is found half done is ended.</summary>
    private async Task<KlantDocument?> FindAsync(KlantId id, CancellationToken cancellationToken)
    {
        var partition = id.Bronorganisatie;
        for (var attempt = 1; partition is not null && attempt <= MaxAttempts; attempt++)
        {
            switch (await access.ReadAsync(partition, id, cancellationToken))
            {
                case KlantDocument { Move: null } klant:
                    return klant;
                case KlantDocument pending:
                    await moves.EndAsync(pending);
                    break;
                case Forward { To: null } deleted:
                    await trails.ClearAsync(deleted);
                    return null;
                case Forward forward:
                    partition = forward.To;
                    break;
                default:
                    partition = null;
                    break;
            }
        }
        return await SearchAsync(id, cancellationToken);
    }

    /// <summary>Asks every partition: for uuids made elsewhere, and to be sure that there is no such klant.</summary>
    private async Task<KlantDocument?> SearchAsync(KlantId id, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var found = (await access.QueryAsync("klant.query", CosmosQueries.ById(id), null, cancellationToken)).ConvertAll(KlantSlot.Parse);
            if (found.OfType<KlantDocument>().FirstOrDefault(klant => klant.Move is not null) is { } pending)
            {
                await moves.EndAsync(pending);
                continue;
            }
            foreach (var deleted in found.OfType<Forward>().Where(forward => forward.To is null)) await trails.ClearAsync(deleted);
            return found.OfType<KlantDocument>().FirstOrDefault();
        }
        throw new CosmosStoreException("klant.query", HttpStatusCode.ServiceUnavailable);
    }

    /// <summary>Klant and trail in one query, in the partition that the uuid names; elsewhere when the klant is elsewhere.</summary>
    private async Task<List<AuditEntry>?> ReadTrailAsync(KlantId id, QueryDefinition query, CancellationToken cancellationToken)
    {
        var partition = id.Bronorganisatie;
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if (partition is not null)
            {
                var documents = await access.QueryAsync("trail.query", query, partition, cancellationToken);
                if (documents.Select(KlantSlot.Parse).OfType<KlantDocument>().FirstOrDefault() is { Move: null, TrailStillIn: null })
                    return [.. documents.Select(AuditDocument.Parse).OfType<AuditDocument>().OrderBy(entry => entry.Number).Select(entry => entry.Entry)];
            }
            if (await FindAsync(id, cancellationToken) is not { } klant) return null;
            if (klant.TrailStillIn is not null) await trails.FinishAsync(klant);
            partition = klant.Bronorganisatie;
        }
        throw new CosmosStoreException("trail.query", HttpStatusCode.ServiceUnavailable);
    }
}
