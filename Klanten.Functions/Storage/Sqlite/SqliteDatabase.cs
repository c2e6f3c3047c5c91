using System.Collections.Concurrent;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>The database file: its one writer, and sessions for readers.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    /// <summary>
    /// For the writer: 64 MB for the pages of a large transaction. <see cref="SqliteCheckpointer"/> replaces SQLite's
    /// automatic checkpoint.
    /// </summary>
    private const string WriterPragmas = "PRAGMA cache_size = -64000; PRAGMA wal_autocheckpoint = 0";

    private readonly string path;
    private readonly SqliteWriter writer;
    private readonly SqliteCheckpointer checkpointer;
    private readonly ConcurrentBag<SqliteSession> idleReaders = [];

    /// <exception cref="SqliteException">The file cannot be opened or is no database.</exception>
    /// <exception cref="InvalidOperationException">The file has a schema that this program does not read.</exception>
    public SqliteDatabase(SqliteOptions options)
    {
        path = Path.GetFullPath(options.Pad);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var session = new SqliteSession(path);
        try
        {
            SqliteSchema.Apply(session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
        session.Script(WriterPragmas);
        checkpointer = new(path);
        writer = new(session, checkpointer);
    }

    /// <summary>Set by every commit that leaves a notification.</summary>
    public OutboxSignal OutboxSignal { get; } = new();

    public T Read<T>(Func<SqliteSession, T> query) => Read(static (session, query) => query(session), query);

    /// <summary>As <see cref="Read{T}(Func{SqliteSession, T})"/>, for a query that should not allocate a closure per call.</summary>
    public T Read<TArgument, T>(Func<SqliteSession, TArgument, T> query, TArgument argument)
    {
        if (!idleReaders.TryTake(out var session)) session = new(path);
        try
        {
            return query(session, argument);
        }
        finally
        {
            idleReaders.Add(session);
        }
    }

    /// <inheritdoc cref="SqliteWriter.EnqueueAsync"/>
    public Task<T> WriteAsync<T>(Func<SqliteTransaction, T> work) => writer.EnqueueAsync(work);

    /// <inheritdoc cref="SqliteWriter.EnqueueAsync"/>
    public Task WriteAsync(Action<SqliteTransaction> work) => WriteAsync(transaction =>
    {
        work(transaction);
        return true;
    });

    public void Dispose()
    {
        writer.Dispose();
        checkpointer.Dispose();
        while (idleReaders.TryTake(out var session)) session.Dispose();
    }
}
