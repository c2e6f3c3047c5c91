using SQLitePCL;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>One connection with its prepared statements. Not for use by two threads at once.</summary>
internal sealed class SqliteSession : IDisposable
{
    /// <summary>Filters combine into more statements than are worth keeping.</summary>
    private const int MaxStatements = 64;

    /// <summary>How long to wait for another program that has the file locked.</summary>
    private const int BusyMilliseconds = 30_000;

    /// <summary>SQLITE_DBCONFIG_ENABLE_QPSG (sqlite.org/queryplanner-ng.html, 2.1).</summary>
    private const int StablePlans = 1007;

    /// <summary>SQLITE_DBSTATUS_CACHE_WRITE (sqlite.org/c3ref/c_dbstatus_options.html).</summary>
    private const int PagesWritten = 9;

    /// <summary>
    /// Bytes, of a database that is made now. A write changes a page of every index: half of SQLite's usual size is half of
    /// what must be on disk before the answer.
    /// </summary>
    public const int PageSize = 2048;

    private readonly sqlite3 connection;
    private readonly Dictionary<string, SqliteStatement> statements = new(StringComparer.Ordinal);

    public SqliteSession(string path)
    {
        Batteries_V2.Init();
        // NOMUTEX: a session is used by one thread at a time, so SQLite need not lock it at every call.
        var result = raw.sqlite3_open_v2(path, out connection, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX, null);
        if (result != raw.SQLITE_OK)
        {
            using (connection) throw SqliteException.Of(connection);
        }
        // A statement keeps its plan whatever is bound to it; without this SQLite parses the statements of lists anew each time.
        raw.sqlite3_db_config(connection, StablePlans, 1, out _);
        raw.sqlite3_busy_timeout(connection, BusyMilliseconds);
        Script($"PRAGMA page_size = {PageSize}");
        // WAL lets readers go on during a write; FULL makes every commit survive a power failure (sqlite.org/pragma.html).
        Script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY");
        // The most that SQLite maps: pages are then read where the system has them.
        Script("PRAGMA mmap_size = 2147418112");
    }

    /// <summary>The statement, prepared once, for its parameters to be bound in the order of ?1, ?2, ….</summary>
    /// <remarks>Not $1: that is a name to SQLite, numbered by where it first appears.</remarks>
    public SqliteStatement Prepare(string sql)
    {
        if (statements.TryGetValue(sql, out var statement)) return statement;
        if (statements.Count >= MaxStatements) Forget();
        if (raw.sqlite3_prepare_v3(connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out var handle) != raw.SQLITE_OK) throw SqliteException.Of(connection);
        statement = new(connection, handle);
        statements.Add(sql, statement);
        return statement;
    }

    /// <summary>The statement with all its parameters: texts, whole numbers, blobs and nulls.</summary>
    public SqliteStatement Prepare(string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Prepare(sql);
        foreach (var value in values)
            _ = value switch
            {
                null => statement.Bind((string?)null),
                string text => statement.Bind(text),
                byte[] blob => statement.Bind(blob),
                Guid guid => statement.Bind(guid),
                _ => statement.Bind(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture)),
            };
        return statement;
    }

    /// <returns>Rows changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values)
    {
        using var statement = Prepare(sql, values);
        statement.Step();
        return raw.sqlite3_changes(connection);
    }

    /// <summary>Pages that were written by this session since the last call.</summary>
    public long TakePagesWritten()
    {
        raw.sqlite3_db_status(connection, PagesWritten, out var pages, out _, resetFlg: 1);
        return pages;
    }

    /// <summary>
    /// Copies what it can of the log into the database, without waiting for anyone. What it cannot stays in the log and is
    /// as durable there: a failure needs no answer.
    /// </summary>
    public void Checkpoint() => raw.sqlite3_wal_checkpoint_v2(connection, null, raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);

    /// <summary>The rowid of the row that was added last.</summary>
    public long LastRowId => raw.sqlite3_last_insert_rowid(connection);

    /// <summary>The whole number in the first column of the first row; null when there is none.</summary>
    public long? Number(string sql, params ReadOnlySpan<object?> values)
    {
        using var statement = Prepare(sql, values);
        return statement.Step() && !statement.IsNull(0) ? statement.Int64(0) : null;
    }

    /// <summary>Several statements, of which no result is wanted.</summary>
    public void Script(string sql)
    {
        if (raw.sqlite3_exec(connection, sql) != raw.SQLITE_OK) throw SqliteException.Of(connection);
    }

    public void Dispose()
    {
        Forget();
        connection.Dispose();
    }

    private void Forget()
    {
        foreach (var statement in statements.Values) statement.Close();
        statements.Clear();
    }
}
