using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// A prepared statement in use: its parameters are bound in order, then it is stepped through. Disposing ends the use,
/// and with it the read that the statement may hold open; its session keeps it for the next use.
/// </summary>
/// <remarks>
/// SQLite is called directly and not through ADO.NET, which makes several objects a call and copies every value: blobs are
/// read here where SQLite has them. A span is valid until the next step or the end of the use.
/// </remarks>
internal sealed class SqliteStatement(sqlite3 connection, sqlite3_stmt handle) : IDisposable
{
    private const int MaxBytesOnStack = 512;

    private int bound;

    public SqliteStatement Bind(long value) => Bound(raw.sqlite3_bind_int64(handle, ++bound, value));

    public SqliteStatement Bind(ReadOnlySpan<byte> value) => Bound(raw.sqlite3_bind_blob(handle, ++bound, value));

    public SqliteStatement Bind(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Bind(bytes);
    }

    public SqliteStatement Bind(string? value)
    {
        if (value is null) return Bound(raw.sqlite3_bind_null(handle, ++bound));
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = most > MaxBytesOnStack ? ArrayPool<byte>.Shared.Rent(most) : null;
        var utf8 = rented ?? stackalloc byte[MaxBytesOnStack];
        Bound(raw.sqlite3_bind_text(handle, ++bound, utf8[..Encoding.UTF8.GetBytes(value, utf8)]));
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return this;
    }

    /// <summary>To the next row; false when there is none.</summary>
    /// <exception cref="SqliteException">The statement failed; nothing of it was done.</exception>
    public bool Step() => raw.sqlite3_step(handle) switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        _ => throw SqliteException.Of(connection),
    };

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>The text; a blob of SQLite's own encoding, UTF-8, is the text as well.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Blob(column));

    public Guid Guid(int column) => new(Blob(column), bigEndian: true);

    public void Dispose()
    {
        // The result repeats what the last step already told.
        raw.sqlite3_reset(handle);
        bound = 0;
    }

    public void Close() => handle.Dispose();

    private SqliteStatement Bound(int result)
    {
        if (result == raw.SQLITE_OK) return this;
        Dispose();
        throw SqliteException.Of(connection);
    }
}
