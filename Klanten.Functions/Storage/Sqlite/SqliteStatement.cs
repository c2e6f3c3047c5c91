using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// A prepared statement in use: parameters are bound in order, then the rows are stepped through. Disposing ends the use,
/// and with it the read transaction that the statement may hold open; its session keeps the statement for the next use.
/// </summary>
/// <remarks>
/// ADO.NET allocates several objects per call and copies every value; here a span points to SQLite's own memory (ADR 7).
/// It is valid until the next step or the end of the use.
/// </remarks>
internal sealed class SqliteStatement(sqlite3 connection, sqlite3_stmt handle) : IDisposable
{
    private const int MaxBytesOnStack = 512;

    /// <summary>The statement for <see cref="SqliteColumns"/>, until its session closes it; a session has one user at a time.</summary>
    private readonly nint pointer = handle.DangerousGetHandle();

    private int bound;

    /// <summary>Whether it was prepared and not disposed of since.</summary>
    public bool IsInUse { get; private set; }

    public SqliteStatement Use()
    {
        IsInUse = true;
        return this;
    }

    public SqliteStatement Bind(long value) => CheckBind(raw.sqlite3_bind_int64(handle, ++bound, value));

    public SqliteStatement Bind(ReadOnlySpan<byte> value) => CheckBind(raw.sqlite3_bind_blob(handle, ++bound, value));

    public SqliteStatement Bind(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Bind(bytes);
    }

    public SqliteStatement Bind(string? value)
    {
        if (value is null) return CheckBind(raw.sqlite3_bind_null(handle, ++bound));
        var maxBytes = Encoding.UTF8.GetMaxByteCount(value.Length);
        var rented = maxBytes > MaxBytesOnStack ? ArrayPool<byte>.Shared.Rent(maxBytes) : null;
        var utf8 = rented ?? stackalloc byte[MaxBytesOnStack];
        CheckBind(raw.sqlite3_bind_text(handle, ++bound, utf8[..Encoding.UTF8.GetBytes(value, utf8)]));
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        return this;
    }

    /// <summary>Goes to the next row; false when there is none.</summary>
    /// <exception cref="SqliteException">The statement failed and changed nothing.</exception>
    public bool Step() => raw.sqlite3_step(handle) switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        _ => throw SqliteException.Create(connection),
    };

    public bool IsNull(int column) => SqliteColumns.Type(pointer, column) == raw.SQLITE_NULL;

    public long Int64(int column) => SqliteColumns.Int64(pointer, column);

    public ReadOnlySpan<byte> Blob(int column) => SqliteColumns.Blob(pointer, column);

    /// <remarks>SQLite keeps texts in UTF-8, so the blob of a text column is its text (sqlite.org/c3ref/column_blob.html).</remarks>
    public string Text(int column) => Encoding.UTF8.GetString(Blob(column));

    public Guid Guid(int column) => new(Blob(column), bigEndian: true);

    public void Dispose()
    {
        // The result repeats that of the last step (sqlite.org/c3ref/reset.html).
        raw.sqlite3_reset(handle);
        bound = 0;
        IsInUse = false;
    }

    public void Close() => handle.Dispose();

    private SqliteStatement CheckBind(int result)
    {
        if (result == raw.SQLITE_OK) return this;
        Dispose();
        throw SqliteException.Create(connection);
    }
}
