using System.Collections.Concurrent;
using Klanten.Core.Model;
using Klanten.Core.Storage;
using Microsoft.Data.Sqlite;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>The embedded store: one SQLite file, many readers, one writer.</summary>
internal sealed class SqliteKlantStore : IKlantStore, IDisposable
{
    private readonly string path;
    private readonly SqliteWriter writer;
    private readonly ConcurrentBag<SqliteSession> idleReaders = [];
    private readonly ConcurrentDictionary<string, Counter> counters = new(StringComparer.Ordinal);

    /// <exception cref="SqliteException">The file cannot be opened or is no database.</exception>
    /// <exception cref="InvalidOperationException">The file was made by a newer program.</exception>
    public SqliteKlantStore(SqliteOptions options)
    {
        path = Path.GetFullPath(options.Pad);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var session = new SqliteSession(path);
        SqliteSchema.Migrate(session.Connection);
        writer = new(session);
    }

    public ValueTask<StoredKlant?> ReadAsync(KlantId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(session => SqliteQueries.Read(session, id)));
    }

    public ValueTask<KlantPage?> ListAsync(KlantFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(session => SqliteQueries.List(session, filter, page)));
    }

    public ValueTask<bool> IsTakenAsync(string bronorganisatie, string klantnummer, KlantId? except, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(session => SqliteQueries.IsTaken(session, bronorganisatie, klantnummer, except)));
    }

    public ValueTask<IReadOnlyList<AuditRegel>?> ReadAuditTrailAsync(KlantId id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(session => SqliteQueries.AuditTrail(session, id)));
    }

    public ValueTask<AuditRegel?> ReadAuditRegelAsync(KlantId id, Guid uuid, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(session => SqliteQueries.AuditRegel(session, id, uuid)));
    }

    /// <remarks>
    /// The number is given out from memory. Its place in the file is queued ahead of the commit that will use it, so a
    /// number that was used is never given out again, and giving one out costs no fsync.
    /// </remarks>
    public ValueTask<long> NextNumberAsync(string bronorganisatie, long increment, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var counter = counters.GetOrAdd(bronorganisatie, b => new(Read(session => SqliteQueries.LastNumber(session, b))));
        var number = counter.Add(increment);
        _ = writer.EnqueueAsync(session => SqliteCommands.RaiseCounter(session, bronorganisatie, number));
        return ValueTask.FromResult(number);
    }

    public async ValueTask<CommitResult> CommitAsync(KlantCommit commit, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await writer.EnqueueAsync(session => SqliteCommands.Commit(session, commit));
    }

    public void Dispose()
    {
        writer.Dispose();
        while (idleReaders.TryTake(out var session)) session.Dispose();
    }

    private T Read<T>(Func<SqliteSession, T> query)
    {
        if (!idleReaders.TryTake(out var session)) session = new(path);
        try
        {
            return query(session);
        }
        finally
        {
            idleReaders.Add(session);
        }
    }

    private sealed class Counter(long last)
    {
        private long last = last;

        public long Add(long increment) => Interlocked.Add(ref last, increment);
    }
}
