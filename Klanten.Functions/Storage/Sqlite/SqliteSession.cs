using Microsoft.Data.Sqlite;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>One connection with its prepared statements. Not for use by two threads at once.</summary>
internal sealed class SqliteSession : IDisposable
{
    /// <summary>Filters combine into more statements than are worth keeping.</summary>
    private const int MostStatements = 64;

    private readonly SqliteConnection connection;
    private readonly Dictionary<string, SqliteCommand> statements = new(StringComparer.Ordinal);

    public SqliteSession(string path)
    {
        // Pooling would hand out connections without their statements; the store keeps sessions itself.
        connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        // WAL lets readers go on during a write; FULL makes every commit survive a power failure (sqlite.org/pragma.html).
        Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA mmap_size = 1073741824; PRAGMA temp_store = MEMORY");
    }

    public SqliteConnection Connection => connection;

    /// <summary>The statement, prepared once, with its parameters set in the order of $1, $2, ….</summary>
    public SqliteCommand Prepare(string sql, params ReadOnlySpan<object?> values)
    {
        if (!statements.TryGetValue(sql, out var command))
        {
            if (statements.Count >= MostStatements) Forget();
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++) command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
            statements.Add(sql, command);
        }
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }

    /// <returns>Rows changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteNonQuery();

    /// <summary>The first column of the first row; default when there is none.</summary>
    public T? Scalar<T>(string sql, params ReadOnlySpan<object?> values) => Prepare(sql, values).ExecuteScalar() is T value ? value : default;

    public void Dispose()
    {
        Forget();
        connection.Dispose();
    }

    private void Forget()
    {
        foreach (var command in statements.Values) command.Dispose();
        statements.Clear();
    }
}
