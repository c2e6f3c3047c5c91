using System.Globalization;
using SQLitePCL;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>One connection with its prepared statements. Not thread-safe.</summary>
internal sealed class SqliteSession : IDisposable
{
    /// <summary>Combinations of filters make more statements than are worth keeping.</summary>
    private const int MaxStatements = 64;

    /// <summary>How long to wait for another process that has the file locked.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>SQLITE_DBCONFIG_ENABLE_QPSG (sqlite.org/queryplanner-ng.html, 2.1).</summary>
    private const int StablePlans = 1007;

    /// <summary>SQLITE_DBSTATUS_CACHE_WRITE (sqlite.org/c3ref/c_dbstatus_options.html).</summary>
    private const int PagesWritten = 9;

    /// <summary>Steps of SQLite's virtual machine between two questions whether to go on; some 0.1 ms.</summary>
    public const int StepsBetweenQuestions = 1000;

    /// <summary>Pages that a backup copies between two reports, together 8 MB.</summary>
    private const int PagesBetweenReports = 4096;

    private readonly sqlite3 connection;
    private readonly Dictionary<string, SqliteStatement> statements = new(StringComparer.Ordinal);
    private Func<bool>? mayGoOn;
    private bool asks;

    /// <param name="path">The file.</param>
    /// <param name="kind">How it is opened; as the store when absent.</param>
    /// <param name="patience">How long to wait for another process that has the file locked.</param>
    public SqliteSession(string path, SessionKind? kind = null, TimeSpan? patience = null)
    {
        kind ??= SessionKind.Store;
        Batteries_V2.Init();
        // NOMUTEX: one thread at a time uses a session, so SQLite need not lock it at every call.
        var result = raw.sqlite3_open_v2(path, out connection, kind.Flags | raw.SQLITE_OPEN_NOMUTEX, kind.Vfs);
        try
        {
            if (result != raw.SQLITE_OK) throw SqliteException.Create(connection);
            // A statement keeps its plan whatever is bound to it. Without this SQLite parses the statements of lists again at each use.
            raw.sqlite3_db_config(connection, StablePlans, 1, out _);
            raw.sqlite3_busy_timeout(connection, (int)(patience ?? Patience).TotalMilliseconds);
            Script(kind.Pragmas);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs a query, and asks now and then whether it may go on.</summary>
    /// <remarks>
    /// sqlite3_interrupt from another thread would have no effect when it came between two statements of the query
    /// (sqlite.org/c3ref/interrupt.html), and could end a query of the next user of this session.
    /// </remarks>
    /// <exception cref="QueryInterruptedException">It may not go on.</exception>
    public T RunWhile<T>(Func<bool> mayGoOn, Func<SqliteSession, T> query)
    {
        if (!asks) raw.sqlite3_progress_handler(connection, StepsBetweenQuestions, _ => this.mayGoOn?.Invoke() == false ? 1 : 0, null);
        (asks, this.mayGoOn) = (true, mayGoOn);
        try
        {
            return query(this);
        }
        catch (SqliteException exception) when (exception.PrimaryCode == raw.SQLITE_INTERRUPT)
        {
            throw new QueryInterruptedException();
        }
        finally
        {
            this.mayGoOn = null;
        }
    }

    /// <inheritdoc cref="RunWhile{T}"/>
    public void RunWhile(Func<bool> mayGoOn, Action<SqliteSession> work) => RunWhile(mayGoOn, session =>
    {
        work(session);
        return true;
    });

    /// <summary>The statement, prepared once. The caller binds its parameters in the order of ?1, ?2, ….</summary>
    /// <remarks>$1 would be a name to SQLite, numbered by where it first appears (sqlite.org/lang_expr.html#varparam).</remarks>
    public SqliteStatement Prepare(string sql)
    {
        if (statements.TryGetValue(sql, out var statement)) return statement.Use();
        if (statements.Count >= MaxStatements) CloseStatements(statement => !statement.IsInUse);
        var result = raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle);
        if (result != raw.SQLITE_OK) throw SqliteException.Create(connection);
        statement = new(connection, handle);
        statements.Add(sql, statement);
        return statement.Use();
    }

    /// <summary>The statement with all its parameters: texts, whole numbers, blobs and nulls.</summary>
    public SqliteStatement Prepare(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Prepare(sql);
        foreach (var value in values) Bind(statement, value);
        return statement;
    }

    /// <returns>Rows changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Execute(Prepare(sql, values));

    /// <param name="statement">A statement of this session, with its parameters. This ends its use.</param>
    /// <inheritdoc cref="Execute(string, ReadOnlySpan{object?})"/>
    public int Execute(SqliteStatement statement)
    {
        using (statement) statement.Step();
        return raw.sqlite3_changes(connection);
    }

    /// <summary>The number of pages that this session wrote since the last call.</summary>
    public long ReadAndResetPagesWritten()
    {
        raw.sqlite3_db_status(connection, PagesWritten, out var pages, out _, resetFlg: 1);
        return pages;
    }

    /// <summary>
    /// Copies what it can of the log into the database, without waiting for readers or the writer. The rest stays in the
    /// log and is as durable there, so the result does not matter.
    /// </summary>
    public void Checkpoint() => raw.sqlite3_wal_checkpoint_v2(connection, null, raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);

    /// <inheritdoc cref="SqliteVfs.SyncDatabase"/>
    public int SyncDatabase() => SqliteVfs.SyncDatabase(connection);

    /// <summary>Rows changed by all statements so far, but for changes of the schema.</summary>
    public long TotalChanges => raw.sqlite3_total_changes(connection);

    /// <summary>Raised by every change of the schema, and by SQLite's own copies (sqlite.org/fileformat2.html, 1.3.9).</summary>
    public uint SchemaCookie => (uint)Number("PRAGMA schema_version")!.Value;

    /// <summary>The rowid of the row that was added last.</summary>
    public long LastRowId => raw.sqlite3_last_insert_rowid(connection);

    /// <summary>The whole number in the first column of the first row; null when there is none.</summary>
    public long? Number(string sql, params ReadOnlySpan<object?> values)
    {
        using var statement = Prepare(sql, values);
        return statement.Step() && !statement.IsNull(0) ? statement.Int64(0) : null;
    }

    /// <summary>The text in the first column of the first row; null when there is none.</summary>
    public string? Text(string sql, params ReadOnlySpan<object?> values)
    {
        using var statement = Prepare(sql, values);
        return statement.Step() && !statement.IsNull(0) ? statement.Text(0) : null;
    }

    /// <summary>The bytes in the first column of the first row; null when there are none.</summary>
    public byte[]? Blob(string sql)
    {
        using var statement = Prepare(sql);
        return statement.Step() ? statement.Blob(0).ToArray() : null;
    }

    /// <summary>Replaces the content of this database by that of another one, as it is at one moment.</summary>
    /// <param name="source">The other one. A transaction keeps it at one moment between the steps, so that none starts over.</param>
    /// <param name="copied">Is told how much of it was copied, from 0 to 1.</param>
    /// <param name="cancellationToken">Stops between two steps; this database is not to be used then.</param>
    public void CopyFrom(SqliteSession source, Action<double>? copied, CancellationToken cancellationToken)
    {
        source.Execute("BEGIN");
        source.Number("SELECT count(*) FROM sqlite_schema");
        using (var backup = raw.sqlite3_backup_init(connection, "main", source.connection, "main"))
        {
            if (backup.IsInvalid) throw SqliteException.Create(connection);
            var result = raw.SQLITE_OK;
            while (result == raw.SQLITE_OK)
            {
                cancellationToken.ThrowIfCancellationRequested();
                result = raw.sqlite3_backup_step(backup, PagesBetweenReports);
                copied?.Invoke(1 - ((double)raw.sqlite3_backup_remaining(backup) / Math.Max(1, raw.sqlite3_backup_pagecount(backup))));
            }
            if (result != raw.SQLITE_DONE) throw new SqliteException(result, raw.sqlite3_errstr(result).utf8_to_string());
        }
        source.Execute("COMMIT");
    }

    /// <summary>Ends a transaction that failed.</summary>
    public void TryRollback()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // On an I/O error or a full disk SQLite has already rolled back (sqlite.org/lang_transaction.html, 3.1).
        }
    }

    /// <summary>Limits the pages that this session keeps in memory (sqlite.org/pragma.html#pragma_cache_size).</summary>
    public void LimitCache(int kilobytes) => Script($"PRAGMA cache_size = -{kilobytes}");

    /// <summary>Runs one or more statements without parameters and results.</summary>
    public void Script(string sql)
    {
        if (raw.sqlite3_exec(connection, sql) != raw.SQLITE_OK) throw SqliteException.Create(connection);
    }

    public void Dispose()
    {
        CloseStatements(_ => true);
        connection.Dispose();
    }

    private static void Bind(SqliteStatement statement, object? value)
    {
        switch (value)
        {
            case null:
                statement.Bind((string?)null);
                break;
            case string text:
                statement.Bind(text);
                break;
            case byte[] blob:
                statement.Bind(blob);
                break;
            case Guid guid:
                statement.Bind(guid);
                break;
            default:
                statement.Bind(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private void CloseStatements(Func<SqliteStatement, bool> which)
    {
        foreach (var (sql, statement) in statements)
        {
            if (!which(statement)) continue;
            statement.Close();
            statements.Remove(sql);
        }
    }
}
