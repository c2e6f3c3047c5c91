using SQLitePCL;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>A fault that SQLite reported. Its messages name tables and columns, never values.</summary>
/// <param name="code">Extended result code (sqlite.org/rescode.html).</param>
/// <param name="message">SQLite's own message.</param>
internal sealed class SqliteException(int code, string message) : Exception($"SQLite: {message} ({code})")
{
    public int Code { get; } = code;

    /// <summary>SQLite's own message.</summary>
    public string Reported { get; } = message;

    /// <summary>The primary result code: the least significant byte of the extended one.</summary>
    public int PrimaryCode => Code & 0xFF;

    /// <summary>The last error of the connection.</summary>
    public static SqliteException Create(sqlite3 connection) =>
        new(raw.sqlite3_extended_errcode(connection), raw.sqlite3_errmsg(connection).utf8_to_string());
}
