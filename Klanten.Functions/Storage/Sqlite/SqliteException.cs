using SQLitePCL;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>SQLite reports a fault. Its messages name tables and columns, never values.</summary>
/// <param name="code">Extended result code (sqlite.org/rescode.html).</param>
/// <param name="message">SQLite's own words.</param>
internal sealed class SqliteException(int code, string message) : Exception($"SQLite: {message} ({code})")
{
    public int Code { get; } = code;

    public static SqliteException Of(sqlite3 connection) =>
        new(raw.sqlite3_extended_errcode(connection), raw.sqlite3_errmsg(connection).utf8_to_string());
}
