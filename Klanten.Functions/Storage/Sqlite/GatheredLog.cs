using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SQLitePCL;
using static Klanten.Functions.Storage.Sqlite.SqliteVfs;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// A VFS (sqlite.org/vfs.html) that writes what a commit adds to the write-ahead log in one piece. SQLite writes each page twice: a
/// header of 24 bytes, and the page. Here these are put one after the other in memory and written before the fsync that makes the
/// commit durable, or before anything else is asked of the file. All else is that of SQLite's own VFS.
/// </summary>
/// <remarks>
/// With <c>synchronous = FULL</c> a page of the log is read by others only after that fsync. A fault of the delayed write is answered to
/// the fsync, after which SQLite rolls back as after a fault of its own write.
/// </remarks>
internal static unsafe class GatheredLog
{
    /// <summary>
    /// Bytes that are gathered at most; a larger commit is written in pieces of this size. SQLite's own VFS for Unix takes no more in one
    /// write, and answers SQLITE_FULL to a multiple of 128 kB (seekAndWriteFd in its os_unix.c).
    /// </summary>
    private const int Capacity = (128 * 1024) - 1;

    /// <summary>SQLITE_OPEN_WAL (sqlite.org/c3ref/c_open_autoproxy.html): the file is a write-ahead log.</summary>
    private const int IsLog = 0x00080000;

    private static readonly Vfs* Original = FindOriginal();

    /// <summary>The name of the VFS for sqlite3_open_v2; registered once, for the life of the process.</summary>
    public static string Name { get; } = Register("klanten-gathered-log");

    /// <summary>The state of a file of the log. It lies behind SQLite's own, in the memory that SQLite reserves for a file.</summary>
    private struct Gathered
    {
        public IoMethods Methods;
        public IoMethods* Original;
        public byte* Bytes;
        public int Length;
        public long Offset;
    }

    private static Vfs* FindOriginal()
    {
        Batteries_V2.Init();
        return Find(null);
    }

    private static string Register(string name)
    {
        var vfs = (Vfs*)NativeMemory.Alloc((nuint)sizeof(Vfs));
        *vfs = *Original;
        vfs->FileSize += sizeof(Gathered);
        vfs->Next = null;
        vfs->Name = (byte*)Marshal.StringToCoTaskMemUTF8(name);
        vfs->Open = &Open;
        if (SqliteVfs.Register(vfs, 0) is not raw.SQLITE_OK and var result) throw new SqliteException(result, name);
        return name;
    }

    private static Gathered* Of(SqliteFile* file) => (Gathered*)((byte*)file + Original->FileSize);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(Vfs* vfs, byte* name, SqliteFile* file, int flags, int* outFlags)
    {
        var result = Original->Open(Original, name, file, flags, outFlags);
        if (result != raw.SQLITE_OK || (flags & IsLog) == 0) return result;
        var gathered = Of(file);
        gathered->Original = file->Methods;
        gathered->Methods = *file->Methods;
        gathered->Methods.Close = &Close;
        gathered->Methods.Read = &Read;
        gathered->Methods.Write = &Write;
        gathered->Methods.Truncate = &Truncate;
        gathered->Methods.Sync = &Sync;
        gathered->Methods.FileSize = &FileSize;
        gathered->Bytes = (byte*)NativeMemory.Alloc(Capacity);
        gathered->Length = 0;
        file->Methods = &gathered->Methods;
        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(SqliteFile* file, byte* bytes, int count, long offset)
    {
        var gathered = Of(file);
        if (offset != gathered->Offset + gathered->Length || count > Capacity - gathered->Length)
        {
            if (WriteGathered(file) is not raw.SQLITE_OK and var result) return result;
            if (count > Capacity) return gathered->Original->Write(file, bytes, count, offset);
            gathered->Offset = offset;
        }
        Buffer.MemoryCopy(bytes, gathered->Bytes + gathered->Length, Capacity - gathered->Length, count);
        gathered->Length += count;
        return raw.SQLITE_OK;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(SqliteFile* file, byte* bytes, int count, long offset) =>
        WriteGathered(file) is not raw.SQLITE_OK and var result ? result : Of(file)->Original->Read(file, bytes, count, offset);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(SqliteFile* file, long size) =>
        WriteGathered(file) is not raw.SQLITE_OK and var result ? result : Of(file)->Original->Truncate(file, size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(SqliteFile* file, int flags) =>
        WriteGathered(file) is not raw.SQLITE_OK and var result ? result : Of(file)->Original->Sync(file, flags);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileSize(SqliteFile* file, long* size) =>
        WriteGathered(file) is not raw.SQLITE_OK and var result ? result : Of(file)->Original->FileSize(file, size);

    /// <summary>What is still gathered here belongs to a transaction that was never committed.</summary>
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(SqliteFile* file)
    {
        NativeMemory.Free(Of(file)->Bytes);
        return Of(file)->Original->Close(file);
    }

    private static int WriteGathered(SqliteFile* file)
    {
        var gathered = Of(file);
        var count = gathered->Length;
        gathered->Length = 0;
        return count == 0 ? raw.SQLITE_OK : gathered->Original->Write(file, gathered->Bytes, count, gathered->Offset);
    }
}
