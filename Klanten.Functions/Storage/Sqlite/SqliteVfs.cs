using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>What SQLitePCLRaw does not have of SQLite's files (sqlite.org/vfs.html).</summary>
internal static unsafe partial class SqliteVfs
{
    public const string Library = "e_sqlite3";

    /// <summary>SQLITE_FCNTL_FILE_POINTER (sqlite.org/c3ref/c_fcntl_begin_atomic_write.html).</summary>
    private const int FilePointer = 7;

    /// <summary>SQLITE_SYNC_NORMAL (sqlite.org/c3ref/c_sync_dataonly.html): fsync.</summary>
    private const int Fsync = 2;

    /// <summary>Waits until all that was written to the database file, by any connection, is on disk.</summary>
    /// <returns>SQLITE_OK, or what went wrong.</returns>
    public static int SyncDatabase(sqlite3 connection)
    {
        SqliteFile* file = null;
        var result = FileControl(connection.DangerousGetHandle(), "main", FilePointer, &file);
        return result == raw.SQLITE_OK ? file->Methods->Sync(file, Fsync) : result;
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_find", StringMarshalling = StringMarshalling.Utf8)]
    public static partial Vfs* Find(string? name);

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_register")]
    public static partial int Register(Vfs* vfs, int makeDefault);

    [LibraryImport(Library, EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileControl(nint connection, string database, int operation, SqliteFile** file);

#pragma warning disable CS0649 // Fields that SQLite sets.
    /// <summary>sqlite3_file (sqlite.org/c3ref/file.html).</summary>
    public struct SqliteFile
    {
        public IoMethods* Methods;
    }

    /// <summary>sqlite3_io_methods, version 3 (sqlite.org/c3ref/io_methods.html).</summary>
    public struct IoMethods
    {
        public int Version;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int> Close;
        public delegate* unmanaged[Cdecl]<SqliteFile*, byte*, int, long, int> Read;
        public delegate* unmanaged[Cdecl]<SqliteFile*, byte*, int, long, int> Write;
        public delegate* unmanaged[Cdecl]<SqliteFile*, long, int> Truncate;
        public delegate* unmanaged[Cdecl]<SqliteFile*, int, int> Sync;
        public delegate* unmanaged[Cdecl]<SqliteFile*, long*, int> FileSize;
        public OtherMethods Others;
    }

    [InlineArray(12)]
    public struct OtherMethods
    {
        private nint first;
    }

    /// <summary>sqlite3_vfs, version 3 (sqlite.org/c3ref/vfs.html).</summary>
    public struct Vfs
    {
        public int Version;
        public int FileSize;
        public int MaxPathname;
        public Vfs* Next;
        public byte* Name;
        public void* AppData;
        public delegate* unmanaged[Cdecl]<Vfs*, byte*, SqliteFile*, int, int*, int> Open;
        public OtherFunctions Others;
    }

    [InlineArray(15)]
    public struct OtherFunctions
    {
        private nint first;
    }
}
