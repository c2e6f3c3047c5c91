using System.Runtime.CompilerServices;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Cosmos.Documents;
using Klanten.Functions.Storage.Cosmos.Moves;
using Klanten.Functions.Storage.Cosmos.Requests;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>The store on Cosmos DB: one container, with one logical partition for each bronorganisatie (ADR 9).</summary>
internal sealed class CosmosKlantStore : IKlantStore, IKlantExport, IKlantCounts
{
    private readonly CosmosAccess access;
    private readonly CosmosMoves moves;
    private readonly KlantFinder klanten;
    private readonly CosmosTrailReader trails;
    private readonly CosmosCommits commits;
    private readonly CosmosLists lists;
    private readonly CosmosNumbers numbers;

    private readonly CommittedPartitions committed;

    public CosmosKlantStore(CosmosAccess access, CommittedPartitions committed)
    {
        (this.access, this.committed) = (access, committed);
        var writer = new CosmosWriter(access);
        var trailMoves = new CosmosTrails(access, writer);
        moves = new(access, writer, trailMoves);
        klanten = new(access, moves, trailMoves);
        trails = new(access, klanten);
        commits = new(access, writer, klanten, trailMoves);
        lists = new(access, moves);
        numbers = new(access);
    }

    public async ValueTask<StoredKlant?> ReadAsync(KlantId id, CancellationToken cancellationToken) =>
        (await klanten.FindAsync(id, cancellationToken))?.ToStoredKlant();

    /// <remarks>A klant that is moving may be found in either partition; its uuid is what matters.</remarks>
    public async ValueTask<IReadOnlyList<StoredKlant>> ReadManyAsync(
        IReadOnlyCollection<KlantId> ids, CancellationToken cancellationToken)
    {
        var query = CosmosQueries.Klanten(KlantFilter.None, ids.ToArray());
        var documents = await access.QueryAsync("klanten.byid", query, null, cancellationToken);
        return [.. documents.ConvertAll(KlantDocument.Parse).DistinctBy(klant => klant.Id).Select(klant => klant.ToStoredKlant())];
    }

    public async ValueTask<KlantPage?> ListAsync(KlantFilter filter, PageRequest page, CancellationToken cancellationToken) =>
        await lists.ListAsync(filter, page, cancellationToken);

    public async ValueTask<KlantCounts> ReadCountsAsync(CancellationToken cancellationToken) =>
        await lists.ReadCountsAsync(cancellationToken);

    public async ValueTask<bool> IsTakenAsync(
        string bronorganisatie, string klantnummer, KlantId? except, CancellationToken cancellationToken)
    {
        var holder = await klanten.FindHolderAsync(bronorganisatie, klantnummer, cancellationToken);
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
        if (result == CommitResult.Committed) Announce(commit);
        return result;
    }

    /// <summary>Creates klanten of one bronorganisatie together; false when one of them was refused, and then none was created.</summary>
    public async Task<bool> TryCreateAsync(KlantCommit[] commits)
    {
        var created = await this.commits.TryCreateAsync(commits);
        if (created) Array.ForEach(commits, Announce);
        return created;
    }

    public ValueTask<IBulkLoad> BeginBulkLoadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IBulkLoad>(new CosmosBulkLoad(this));
    }

    public async ValueTask<Chunk<AuditEntry>?> ReadAuditTrailAsync(KlantId id, CancellationToken cancellationToken) =>
        await trails.ReadAsync(id, cancellationToken);

    public async ValueTask<AuditEntry?> ReadAuditEntryAsync(KlantId id, Guid uuid, CancellationToken cancellationToken) =>
        await trails.ReadEntryAsync(id, uuid, cancellationToken);

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

    private void Announce(KlantCommit commit)
    {
        if (commit.Notificatie is null) return;
        committed.Add(commit.After?.Bronorganisatie ?? CosmosVersion.From(commit.Before!.Version).Bronorganisatie);
    }

    private Task<CommitResult> SendAsync(KlantCommit commit)
    {
        if (commit.After is null) return commits.DeleteAsync(commit);
        if (commit.Before is null) return commits.CreateAsync(commit);
        var partition = CosmosVersion.From(commit.Before.Version).Bronorganisatie;
        return commit.After.Bronorganisatie == partition ? commits.ReplaceAsync(commit) : moves.MoveAsync(commit);
    }
}
