using System.Net;
using System.Runtime.CompilerServices;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>The store on Cosmos DB: one container, with one logical partition for each bronorganisatie (ADR 9).</summary>
internal sealed class CosmosKlantStore : IKlantStore, IKlantExport
{
    /// <summary>How often a read is repeated when a klant moves while it is being looked up.</summary>
    private const int MaxAttempts = 8;

    private readonly CosmosAccess access;
    private readonly CosmosTrails trails;
    private readonly CosmosMoves moves;
    private readonly CosmosCommits commits;
    private readonly CosmosLists lists;
    private readonly CosmosNumbers numbers;

    private readonly OutboxSignal signal;

    public CosmosKlantStore(CosmosAccess access, OutboxSignal signal)
    {
        (this.access, this.signal) = (access, signal);
        var writer = new CosmosWriter(access);
        trails = new(access, writer);
        moves = new(access, writer, trails);
        commits = new(access, writer, moves, trails);
        lists = new(access, moves);
        numbers = new(access);
    }

    public async ValueTask<StoredKlant?> ReadAsync(KlantId id, CancellationToken cancellationToken) =>
        (await FindAsync(id, cancellationToken))?.ToStoredKlant();

    /// <remarks>A klant that is moving may be found in either partition; its uuid is what matters.</remarks>
    public async ValueTask<IReadOnlyList<StoredKlant>> ReadManyAsync(
        IReadOnlyCollection<KlantId> ids, CancellationToken cancellationToken)
    {
        var documents = await access.QueryAsync("klanten.byid", CosmosQueries.ByIds(ids), null, cancellationToken);
        return [.. documents.ConvertAll(KlantDocument.Parse).DistinctBy(klant => klant.Id).Select(klant => klant.ToStoredKlant())];
    }

    public async ValueTask<KlantPage?> ListAsync(KlantFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        await lists.ListAsync(filter, page, cancellationToken);

    public async ValueTask<bool> IsTakenAsync(
        string bronorganisatie, string klantnummer, KlantId? except, CancellationToken cancellationToken)
    {
        var holder = await moves.FindHolderAsync(bronorganisatie, klantnummer, cancellationToken);
        return holder is not null && holder.Id != except;
    }

    public async ValueTask<long> TakeNumbersAsync(string bronorganisatie, long count, long from, CancellationToken cancellationToken) =>
        await numbers.TakeAsync(bronorganisatie, count, from, cancellationToken);

    public async ValueTask<long> FindFreeNumberAsync(string bronorganisatie, long from, CancellationToken cancellationToken) =>
        await numbers.FindFreeAsync(bronorganisatie, from, cancellationToken);

    /// <remarks>A commit that was sent is completed, even when the consumer cancels the request.</remarks>
    public async ValueTask<CommitResult> CommitAsync(KlantCommit commit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var result = await SendAsync(commit);
        if (result == CommitResult.Committed && commit.Notificatie is not null) signal.Set();
        return result;
    }

    /// <summary>Creates klanten of one bronorganisatie together; false when one of them was refused, and then none was created.</summary>
    public async Task<bool> TryCreateAsync(KlantCommit[] commits)
    {
        var created = await this.commits.TryCreateAsync(commits);
        if (created && Array.Exists(commits, commit => commit.Notificatie is not null)) signal.Set();
        return created;
    }

    public ValueTask<IBulkLoad> BeginBulkLoadAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IBulkLoad>(new CosmosBulkLoad(this));

    public async ValueTask<Chunk<AuditEntry>?> ReadAuditTrailAsync(KlantId id, CancellationToken cancellationToken) =>
        await ReadTrailAsync(id, CosmosQueries.KlantAndTrail(id), cancellationToken) is { } entries ? new(entries) : null;

    public async ValueTask<AuditEntry?> ReadAuditEntryAsync(KlantId id, Guid uuid, CancellationToken cancellationToken) =>
        await ReadTrailAsync(
            id,
            CosmosQueries.KlantAndEntry(id, uuid),
            (klant, documents) => AuditDocument.Single(uuid, klant, documents),
            cancellationToken) is [var entry] ? entry : null;

    public async ValueTask<long> CountAsync(CancellationToken cancellationToken) =>
        (await lists.ListAsync(KlantFilter.None, PageRequest.First, cancellationToken))!.Count;

    public async IAsyncEnumerable<StoredKlant> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in access.QueryPagesAsync("klanten.all", CosmosQueries.All(), null, cancellationToken))
        {
            foreach (var klant in page.ConvertAll(KlantDocument.Parse))
            {
                // Of a klant that is moving, the document in its old partition is exported.
                if (klant.Move is null) yield return klant.ToStoredKlant();
            }
        }
    }

    private Task<CommitResult> SendAsync(KlantCommit commit)
    {
        if (commit.After is null) return commits.DeleteAsync(commit);
        if (commit.Before is null) return commits.CreateAsync(commit);
        var partition = CosmosVersion.From(commit.Before.Version).Bronorganisatie;
        return commit.After.Bronorganisatie == partition ? commits.ReplaceAsync(commit) : moves.MoveAsync(commit);
    }

    /// <summary>Finds the klant in any partition. If its move is pending or its deletion is unfinished, that is completed first.</summary>
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

    /// <summary>
    /// Searches all partitions: for a uuid that was not generated here and so does not contain the partition, and before a klant is
    /// said not to exist.
    /// </summary>
    private async Task<KlantDocument?> SearchAsync(KlantId id, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var documents = await access.QueryAsync("klant.query", CosmosQueries.ById(id), null, cancellationToken);
            var slots = documents.ConvertAll(KlantSlot.Parse);
            var pending = slots.OfType<KlantDocument>().FirstOrDefault(klant => klant.Move is not null);
            if (pending is not null)
            {
                await moves.EndAsync(pending);
                continue;
            }
            foreach (var deleted in slots.OfType<Forward>().Where(forward => forward.To is null)) await trails.ClearAsync(deleted);
            return slots.OfType<KlantDocument>().FirstOrDefault();
        }
        throw new CosmosStoreException("klant.query", HttpStatusCode.ServiceUnavailable);
    }

    private Task<List<AuditEntry>?> ReadTrailAsync(KlantId id, Func<string, QueryDefinition> query, CancellationToken cancellationToken) =>
        ReadTrailAsync(id, query, AuditDocument.Trail, cancellationToken);

    /// <summary>
    /// Reads the klant and its trail in one query, first in the partition that the uuid contains; if the klant is not there, in the
    /// partition where it is found.
    /// </summary>
    /// <param name="id">The klant.</param>
    /// <param name="query">The query, for a partition.</param>
    /// <param name="combine">Makes the entries of the klant and the documents; null when these are not of the same moment.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    private async Task<List<AuditEntry>?> ReadTrailAsync(
        KlantId id,
        Func<string, QueryDefinition> query,
        Func<KlantDocument, IEnumerable<AuditDocument>, List<AuditEntry>?> combine,
        CancellationToken cancellationToken)
    {
        var partition = id.Bronorganisatie;
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            if (partition is not null)
            {
                var documents = await access.QueryAsync("trail.query", query(partition), partition, cancellationToken);
                var found = documents.Select(KlantSlot.Parse).OfType<KlantDocument>().FirstOrDefault();
                if (found is { Move: null, TrailStillIn: null })
                {
                    if (combine(found, documents.Select(AuditDocument.Parse).OfType<AuditDocument>()) is { } entries) return entries;
                    continue;
                }
            }
            var klant = await FindAsync(id, cancellationToken);
            if (klant is null) return null;
            if (klant.TrailStillIn is not null) await trails.FinishAsync(klant);
            partition = klant.Bronorganisatie;
        }
        throw new CosmosStoreException("trail.query", HttpStatusCode.ServiceUnavailable);
    }
}
