using Klanten.Core.Ports;
using Klanten.Functions.Files;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>The database file, which this process owns: its one writer, and sessions for readers.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    /// <summary>
    /// For the writer. <see cref="SqliteCheckpointer"/> replaces SQLite's automatic checkpoint. A log that became longer than usual is
    /// cut back when it starts again. What is deleted is overwritten with zeros (sqlite.org/pragma.html#pragma_secure_delete), for it
    /// is personal data.
    /// </summary>
    private static readonly string WriterPragmas =
        $"""
        PRAGMA wal_autocheckpoint = 0;
        PRAGMA journal_size_limit = {SqliteCheckpointer.MaxLogSize};
        PRAGMA secure_delete = ON
        """;

    /// <summary>
    /// Kilobytes of pages that the writer keeps of a file below 1 GB. There SQLite goes through all of them at the end of most
    /// transactions: to sort the pages of a b-tree it borrows the page number at 1 GB, and forgets it by a search (balance_nonroot,
    /// pcache1Truncate). With 64 MB of pages that took a third of the time of a commit.
    /// </summary>
    public const int SmallCache = 8_000;

    /// <summary>
    /// Kilobytes of pages of a larger file, and while many klanten are added: a transaction would write the pages for which there is no
    /// room, and read them again.
    /// </summary>
    public const int LargeCache = 64_000;

    private const long Gigabyte = 1L << 30;

    /// <summary>Bytes of klanten in memory, some 6,000 klanten.</summary>
    private const long MaxHotBytes = 8 * 1024 * 1024;

    private readonly string path;
    private readonly TimeSpan timeout;
    private readonly bool indexesGeboortedatum;
    private readonly SqliteFaults faults;
    private readonly SqliteOwnership ownership;
    private readonly SqliteReserve reserve;
    private readonly SqliteWriter writer;
    private readonly SqliteCheckpointer checkpointer;
    private readonly SqliteReaders readers;
    private readonly ITimer closing;

    /// <exception cref="StoreRefusedException">Another process has the file, or it cannot be opened, or is not of this program.</exception>
    /// <param name="options">Where the file is.</param>
    /// <param name="faults">Is told what goes wrong.</param>
    /// <param name="clock">Tells the moment that the lock file names, and when readers were idle for long.</param>
    /// <param name="indexesGeboortedatum">Whether klanten are found by their date of birth, by an index.</param>
    public SqliteDatabase(
        SqliteOptions options, SqliteFaults? faults = null, TimeProvider? clock = null, bool indexesGeboortedatum = false)
    {
        this.indexesGeboortedatum = indexesGeboortedatum;
        path = options.ResolvePath();
        timeout = options.Timeout;
        this.faults = faults ?? SqliteFaults.Unobserved();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        RefuseSeveralNames(path);
        clock ??= TimeProvider.System;
        ownership = SqliteOwnership.Take(path, clock);
        reserve = new(path);
        readers = new(path, timeout, Hot);
        SqliteSession? session = null;
        try
        {
            session = OpenWriterWithReserve();
            checkpointer = new(path, readers);
            writer = new(session, Hot, checkpointer, reserve, new(path), this.faults, timeout);
            closing = clock.CreateTimer(
                static readers => ((SqliteReaders)readers!).CloseUnused(), readers, SqliteReaders.Idleness, SqliteReaders.Idleness);
        }
        catch (Exception exception)
        {
            checkpointer?.Dispose();
            session?.Dispose();
            ownership.Dispose();
            if (exception is SqliteException fromSqlite && SqliteFaults.KindOf(fromSqlite) is { } fault)
            {
                throw new StoreRefusedException(
                    SqliteTexts.NotOpened.With(SqliteTexts.Describe(fromSqlite), SqliteTexts.Advice(fault)));
            }
            throw;
        }
    }

    /// <summary>Why writes are refused at this moment; null when they are not.</summary>
    public StoreFault? Fault => faults.Current;

    /// <summary>The klanten that were read last.</summary>
    public HotKlanten Hot { get; } = new(MaxHotBytes);

    /// <summary>Set by every commit that leaves a notification.</summary>
    public OutboxSignal OutboxSignal { get; } = new();

    /// <summary>Finishes a restore, judges the log that a crash may have left, and gives the file its schema.</summary>
    /// <param name="path">The database file, which this process owns.</param>
    /// <param name="patience">How long to wait for another process that has the file locked.</param>
    /// <param name="faults">Logs what was lost of the log, and that an older file is converted.</param>
    /// <exception cref="StoreRefusedException">The log belongs to another file, or this program does not read the schema.</exception>
    public static void MakeReady(string path, TimeSpan patience, SqliteFaults faults)
    {
        SqliteRestore.Complete(path);
        if (WriteAheadLogFile.Read(path) is { } log)
        {
            RefuseOtherLog(path, log);
            if (log.DroppedFrames > 0) faults.LogDropped(log.DroppedFrames, log.DroppedTransactions);
        }
        SqliteSchema.Prepare(path, patience, faults);
    }

    public T Read<T>(Func<SqliteSession, T> query) => Read(static (session, query) => query(session), query);

    /// <summary>As <see cref="Read{T}(Func{SqliteSession, T})"/>, for a query that should not allocate a closure per call.</summary>
    public T Read<TArgument, T>(Func<SqliteSession, TArgument, T> query, TArgument argument)
    {
        try
        {
            return readers.Read(query, argument);
        }
        catch (SqliteException exception) when (SqliteFaults.KindOf(exception) is not null)
        {
            throw faults.Translate(exception);
        }
    }

    /// <inheritdoc cref="SqliteWriter.EnqueueAsync"/>
    public Task<T> WriteAsync<T>(
        Func<SqliteTransaction, T> work, bool needsNoRoom = false, CancellationToken cancellationToken = default) =>
        writer.EnqueueAsync(work, needsNoRoom, cancellationToken);

    /// <inheritdoc cref="SqliteWriter.EnqueueAsync"/>
    public Task WriteAsync(Action<SqliteTransaction> work) => WriteAsync(transaction =>
    {
        work(transaction);
        return true;
    });

    public void Dispose()
    {
        closing.Dispose();
        writer.Dispose();
        checkpointer.Dispose();
        readers.Dispose();
        // SQLite has deleted the log by now. On a full disk a part of its room must be there for the next open.
        reserve.TryKeep();
        ownership.Dispose();
    }

    /// <summary>Limits the pages that the writer keeps, by the size that the file has now.</summary>
    public static void LimitCache(SqliteSession writer)
    {
        var size = writer.Number("PRAGMA page_count") * writer.Number("PRAGMA page_size");
        writer.LimitCache(size < Gigabyte ? SmallCache : LargeCache);
    }

    private static void RefuseSeveralNames(string path)
    {
        if (FileIdentity.CountNames(path) <= 1) return;
        throw new StoreRefusedException(SqliteTexts.SeveralNames);
    }

    private static void RefuseOtherLog(string path, WriteAheadLogFile log)
    {
        if (log.Transactions == 0) return;
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            throw new StoreRefusedException(SqliteTexts.LogWithoutDatabase.With(log.Transactions, WriteAheadLogFile.Suffix));
        }
        if (log.Continues(path)) return;
        var reason = log.DroppedFrames > 0 ? SqliteTexts.LogDamaged : SqliteTexts.LogOfAnotherFile;
        throw new StoreRefusedException(reason.With(WriteAheadLogFile.Suffix));
    }

    /// <remarks>On a full disk the first open after a clean stop needs some room, for the memory that connections share.</remarks>
    private SqliteSession OpenWriterWithReserve()
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
        MakeReady(path, timeout, faults);
        var session = new SqliteSession(path, SessionKind.Writer, timeout / 20);
        try
        {
            session.Script("BEGIN");
            SqliteSchema.AddIndexes(session);
            session.Script("COMMIT");
            SqliteSchema.IndexGeboortedatum(session, indexesGeboortedatum);
            session.Script(WriterPragmas);
            LimitCache(session);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
