using System.Collections.Concurrent;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>The database file, which this process owns: its one writer, and sessions for readers.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    /// <summary>
    /// For the writer: 64 MB for the pages of a large transaction. <see cref="SqliteCheckpointer"/> replaces SQLite's
    /// automatic checkpoint. A log that became longer than usual is cut back when it starts again.
    /// </summary>
    private static readonly string WriterPragmas =
        $"""
        PRAGMA cache_size = -64000;
        PRAGMA wal_autocheckpoint = 0;
        PRAGMA journal_size_limit = {SqliteCheckpointer.MaxLogSize}
        """;

    private readonly string path;
    private readonly TimeSpan timeout;
    private readonly SqliteFaults faults;
    private readonly SqliteOwnership ownership;
    private readonly SqliteWriter writer;
    private readonly SqliteCheckpointer checkpointer;
    private readonly ConcurrentBag<SqliteSession> idleReaders = [];

    /// <exception cref="SqliteException">The file cannot be opened or is no database.</exception>
    /// <exception cref="StoreRefusedException">Another process has the file, or it is not one that this program may write to.</exception>
    public SqliteDatabase(SqliteOptions options, SqliteFaults? faults = null, TimeProvider? clock = null)
    {
        path = options.ResolvePath();
        timeout = options.Timeout;
        this.faults = faults ?? SqliteFaults.Unobserved();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        RefuseSeveralNames(path);
        ownership = SqliteOwnership.Take(path, clock ?? TimeProvider.System);
        var reserve = new SqliteReserve(path);
        SqliteSession? session = null;
        try
        {
            session = OpenWriter(reserve);
            checkpointer = new(path);
            writer = new(session, checkpointer, reserve, new(path), this.faults, timeout);
        }
        catch
        {
            checkpointer?.Dispose();
            session?.Dispose();
            ownership.Dispose();
            throw;
        }
    }

    /// <summary>Why writes are refused at this moment; null when they are not.</summary>
    public StoreFault? Fault => faults.Current;

    /// <summary>Set by every commit that leaves a notification.</summary>
    public OutboxSignal OutboxSignal { get; } = new();

    public T Read<T>(Func<SqliteSession, T> query) => Read(static (session, query) => query(session), query);

    /// <summary>As <see cref="Read{T}(Func{SqliteSession, T})"/>, for a query that should not allocate a closure per call.</summary>
    public T Read<TArgument, T>(Func<SqliteSession, TArgument, T> query, TArgument argument)
    {
        SqliteSession? session = null;
        try
        {
            if (!idleReaders.TryTake(out session)) session = new(path, patience: timeout);
            return query(session, argument);
        }
        catch (SqliteException exception) when (SqliteFaults.KindOf(exception) is not null)
        {
            throw faults.Translate(exception);
        }
        finally
        {
            if (session is not null) idleReaders.Add(session);
        }
    }

    /// <inheritdoc cref="SqliteWriter.EnqueueAsync"/>
    public Task<T> WriteAsync<T>(Func<SqliteTransaction, T> work, bool needsNoRoom = false) => writer.EnqueueAsync(work, needsNoRoom);

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
        ownership.Dispose();
    }

    private static void RefuseSeveralNames(string path)
    {
        if (FileIdentity.CountNames(path) <= 1) return;
        throw new StoreRefusedException(
            "The database (Klanten:Sqlite:Pad) has several names (hard links), each of which would have a log of its own: " +
            "leave it one name, for two logs damage the file.");
    }

    /// <remarks>On a full disk the first open after a clean stop needs some room, for the memory that connections share.</remarks>
    private SqliteSession OpenWriter(SqliteReserve reserve)
    {
        try
        {
            return OpenWriter();
        }
        catch (SqliteException exception) when (SqliteFaults.KindOf(exception) == StoreFault.Full)
        {
            reserve.TryGiveUp();
            return OpenWriter();
        }
    }

    private SqliteSession OpenWriter()
    {
        SqliteSchema.Prepare(path, timeout);
        var session = new SqliteSession(path, patience: timeout / 20);
        try
        {
            SqliteSchema.AddIndexes(session);
            session.Script(WriterPragmas);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
