using System.Collections.Concurrent;
using Klanten.Core.Model;
using Klanten.Core.Storage;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>The embedded store: one SQLite file, many readers, one writer.</summary>
internal sealed class SqliteKlantStore(SqliteDatabase database) : IKlantStore
{
    private readonly ConcurrentDictionary<string, Counter> counters = new(StringComparer.Ordinal);

    public ValueTask<StoredKlant?> ReadAsync(KlantId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(database.Read(SqliteQueries.Read, id));
    }

    public ValueTask<KlantPage?> ListAsync(KlantFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(database.Read(session => SqliteQueries.List(session, filter, page)));
    }

    public ValueTask<bool> IsTakenAsync(string bronorganisatie, string klantnummer, KlantId? except, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(database.Read(session => SqliteQueries.IsTaken(session, bronorganisatie, klantnummer, except)));
    }

    public ValueTask<IReadOnlyList<AuditRegel>?> ReadAuditTrailAsync(KlantId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(database.Read(SqliteQueries.AuditTrail, id));
    }

    public ValueTask<AuditRegel?> ReadAuditRegelAsync(KlantId id, Guid uuid, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(database.Read(session => SqliteQueries.AuditRegel(session, id, uuid)));
    }

    /// <remarks>
    /// The number is given out from memory. Its place in the file is queued ahead of the commit that will use it, so a
    /// number that was used is never given out again, and giving one out costs no fsync.
    /// </remarks>
    public ValueTask<long> NextNumberAsync(string bronorganisatie, long increment, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var counter = counters.GetOrAdd(bronorganisatie, b => new(database.Read(session => SqliteQueries.LastNumber(session, b))));
        var number = counter.Add(increment);
        _ = database.WriteAsync(session => SqliteCommands.RaiseCounter(session, bronorganisatie, number));
        return ValueTask.FromResult(number);
    }

    public async ValueTask<CommitResult> CommitAsync(KlantCommit commit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var result = await database.WriteAsync(session => SqliteCommands.Commit(session, commit));
        if (result == CommitResult.Committed && commit.Notificatie is not null) database.OutboxSignal.Set();
        return result;
    }

    private sealed class Counter(long last)
    {
        private long last = last;

        public long Add(long increment) => Interlocked.Add(ref last, increment);
    }
}
