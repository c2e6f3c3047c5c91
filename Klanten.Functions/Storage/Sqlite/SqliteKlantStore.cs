using System.Collections.Concurrent;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>The embedded store: one SQLite file, many readers, one writer.</summary>
internal sealed class SqliteKlantStore(SqliteDatabase database, SqliteScans? scans = null) : IKlantStore, IKlantCounts
{
    /// <summary>
    /// Questions of <see cref="SqliteSession.RunWhile"/>: a list that is found within a few ms is found at once. A key that
    /// thousands of klanten share takes longer, and is a scan.
    /// </summary>
    private const int MaxQuestions = 20;

    private readonly SqliteScans scans = scans ?? new();
    private readonly ConcurrentDictionary<string, Counter> counters = new(StringComparer.Ordinal);

    public ValueTask<StoredKlant?> ReadAsync(KlantId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var hot = database.Hot;
        if (hot.Find(id) is { } kept) return new(kept);
        var changes = hot.Changes;
        var klant = database.Read(SqliteQueries.Read, id);
        if (klant is not null) hot.Add(klant, changes);
        return new(klant);
    }

    public ValueTask<IReadOnlyList<StoredKlant>> ReadManyAsync(IReadOnlyCollection<KlantId> ids, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IReadOnlyList<StoredKlant>>(database.Read(session => SqliteQueries.ReadMany(session, ids)));
    }

    public async ValueTask<KlantPage?> ListAsync(KlantFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (hot, key) = (database.Hot, HotLists.Key(filter, page));
        if (hot.FindList(key) is { } kept) return kept;
        var moment = hot.Moment;
        if (await FindAsync(filter, page, cancellationToken) is not var (count, number, klanten)) return null;
        var list = new KlantPage(count, number, ToChunk(klanten, filter));
        if (klanten.Rest.IsEmpty) hot.AddList(key, list, moment);
        return list;
    }

    public ValueTask<KlantCounts> ReadCountsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(database.Read(SqliteQueries.Counts));
    }

    public ValueTask<bool> IsTakenAsync(string bronorganisatie, string klantnummer, KlantId? except, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(database.Read(session => SqliteQueries.IsTaken(session, bronorganisatie, klantnummer, except)));
    }

    public ValueTask<Chunk<AuditEntry>?> ReadAuditTrailAsync(KlantId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(database.Read(SqliteQueries.AuditTrail, id) is { } trail ? ToChunk(trail, id) : null);
    }

    public ValueTask<AuditEntry?> ReadAuditEntryAsync(KlantId id, Guid uuid, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(database.Read(session => SqliteQueries.AuditEntry(session, id, uuid)));
    }

    /// <remarks>
    /// The numbers come from memory, which costs no fsync. The commit that uses one also writes the counter, so a number
    /// that was used is never given out again.
    /// </remarks>
    public ValueTask<long> TakeNumbersAsync(string bronorganisatie, long count, long from, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var counter = counters.GetOrAdd(bronorganisatie, b => new(database.Read(session => SqliteQueries.LastNumber(session, b))));
        return ValueTask.FromResult(counter.Take(count, from));
    }

    public ValueTask<long> FindFreeNumberAsync(string bronorganisatie, long from, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(database.Read(session => SqliteQueries.FreeNumber(session, bronorganisatie, from)));
    }

    public async ValueTask<CommitResult> CommitAsync(KlantCommit commit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var result = await database.WriteAsync(
            transaction =>
            {
                if (commit is { Before: null, After: { } klant }) Raise(transaction, klant.Bronorganisatie);
                return SqliteCommands.Commit(transaction, commit);
            },
            needsNoRoom: commit.After is null,
            cancellationToken);
        if (result == CommitResult.Committed && commit.Notificatie is not null) database.OutboxSignal.Set();
        return result;
    }

    public async ValueTask<IBulkLoad> BeginBulkLoadAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await SqliteBulkLoad.BeginAsync(database, Raise, cancellationToken);
    }

    private ValueTask<SqlitePage?> FindAsync(KlantFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        SqlitePage? Find(SqliteSession session) => SqliteQueries.List(session, filter, page);

        if (SqliteQueries.IsCounted(filter)) return ValueTask.FromResult(database.Read(Find));
        return SqliteQueries.HasKey(filter) && TryFind(Find, out var found)
            ? ValueTask.FromResult(found)
            : new(scans.RunAsync(() => Scan(Find, cancellationToken), cancellationToken));
    }

    /// <returns>False when it takes too long.</returns>
    private bool TryFind(Func<SqliteSession, SqlitePage?> find, out SqlitePage? page)
    {
        var questions = 0;
        try
        {
            page = database.Read(session => session.RunWhile(() => ++questions <= MaxQuestions, find));
            return true;
        }
        catch (QueryInterruptedException)
        {
            page = null;
            return false;
        }
    }

    /// <summary>Finds the page, unless the consumer leaves. Other threads that wait for a processor have it at each question.</summary>
    private SqlitePage? Scan(Func<SqliteSession, SqlitePage?> find, CancellationToken cancellationToken)
    {
        bool MayGoOn()
        {
            Thread.Yield();
            return !cancellationToken.IsCancellationRequested;
        }

        try
        {
            return database.Read(session => session.RunWhile(MayGoOn, find));
        }
        catch (QueryInterruptedException)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private Chunk<StoredKlant> ToChunk(SqliteKlanten read, KlantFilter filter)
    {
        var rest = read.Rest;
        return new(read.Klanten, rest.IsEmpty ? null : cancellationToken => ReadRestAsync(filter, rest, cancellationToken), read.Bytes);
    }

    private ValueTask<Chunk<StoredKlant>> ReadRestAsync(
        KlantFilter filter, ReadOnlyMemory<KlantId> ids, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(ToChunk(database.Read(session => SqliteQueries.Klanten(session, filter, ids)), filter));
    }

    private Chunk<AuditEntry> ToChunk(SqliteTrail read, KlantId id)
    {
        var (after, end) = (read.Last, read.End);
        return new(read.Entries, after == end ? null : cancellationToken => ReadRestAsync(id, after, end, cancellationToken));
    }

    private ValueTask<Chunk<AuditEntry>> ReadRestAsync(KlantId id, long after, long end, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var rest = database.Read(session => SqliteQueries.AuditTrail(session, id, after, end));
        return rest.Entries.Count > 0 ? ValueTask.FromResult(ToChunk(rest, id)) : throw new KlantRemovedException();
    }

    /// <summary>Writes the last number that was given out for the bronorganisatie, in the transaction of the commit.</summary>
    private void Raise(SqliteTransaction transaction, string bronorganisatie)
    {
        if (counters.TryGetValue(bronorganisatie, out var counter)) transaction.RaiseCounter(bronorganisatie, counter.Last);
    }

    private sealed class Counter(long last)
    {
        private long last = last;

        public long Last => Interlocked.Read(ref last);

        /// <summary>Takes numbers after the last one, and not below <paramref name="from"/>; returns the first of them.</summary>
        public long Take(long count, long from)
        {
            while (true)
            {
                var seen = Last;
                var first = Math.Max(seen + 1, from);
                if (Interlocked.CompareExchange(ref last, first + count - 1, seen) == seen) return first;
            }
        }
    }
}
