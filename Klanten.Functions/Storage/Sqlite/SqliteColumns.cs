using System.Runtime.InteropServices;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// The columns of a row (sqlite.org/c3ref/column_blob.html). A page of a list asks for some hundreds of them, for each of which
/// SQLitePCLRaw would count a reference to the statement, and the runtime leave and enter managed code.
/// </summary>
/// <remarks>These functions only read what the last step left in memory: they neither wait nor call back.</remarks>
internal static unsafe partial class SqliteColumns
{
    public static ReadOnlySpan<byte> Blob(nint statement, int column) => new(Pointer(statement, column), Length(statement, column));

    [LibraryImport(SqliteVfs.Library, EntryPoint = "sqlite3_column_int64"), SuppressGCTransition]
    public static partial long Int64(nint statement, int column);

    [LibraryImport(SqliteVfs.Library, EntryPoint = "sqlite3_column_type"), SuppressGCTransition]
    public static partial int Type(nint statement, int column);

    [LibraryImport(SqliteVfs.Library, EntryPoint = "sqlite3_column_blob"), SuppressGCTransition]
    private static partial byte* Pointer(nint statement, int column);

    [LibraryImport(SqliteVfs.Library, EntryPoint = "sqlite3_column_bytes"), SuppressGCTransition]
    private static partial int Length(nint statement, int column);
}
