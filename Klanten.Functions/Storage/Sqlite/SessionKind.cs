using SQLitePCL;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>How a session opens its file.</summary>
/// <param name="Flags">Flags of sqlite3_open_v2 (sqlite.org/c3ref/open.html).</param>
/// <param name="Pragmas">Statements that are run first.</param>
/// <param name="Vfs">The VFS that it is opened with; SQLite's own when absent.</param>
internal sealed record SessionKind(int Flags, string Pragmas, string? Vfs = null)
{
    /// <summary>
    /// Bytes, for a new file. A write changes a page of every index, so half of SQLite's default size halves the write
    /// amplification: what must be on disk before the answer.
    /// </summary>
    public const int PageSize = 2048;

    private const int ReadWrite = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE;

    /// <summary>
    /// In WAL mode a write does not block readers; FULL makes every commit survive a power failure (sqlite.org/pragma.html).
    /// mmap_size is SQLite's maximum (sqlite.org/mmap.html): pages are read from the page cache of the system without a copy.
    /// </summary>
    private static readonly string StorePragmas =
        $"""
        PRAGMA page_size = {PageSize};
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA temp_store = MEMORY;
        PRAGMA mmap_size = 2147418112
        """;

    /// <summary>The store, beside other sessions.</summary>
    public static readonly SessionKind Store = new(ReadWrite, StorePragmas);

    /// <summary>The store, for the one session that writes to it.</summary>
    public static readonly SessionKind Writer = new(ReadWrite, StorePragmas, GatheredLog.Name);

    /// <summary>The store, while no other connection of any process has it open; without that its first use is SQLITE_BUSY.</summary>
    /// <remarks>Exclusive mode must precede the first use of the log (sqlite.org/wal.html, 8).</remarks>
    public static readonly SessionKind Exclusive = new(ReadWrite, "PRAGMA locking_mode = EXCLUSIVE; " + StorePragmas);

    /// <summary>Any file, without a change to it.</summary>
    public static readonly SessionKind Plain = new(ReadWrite, "");

    /// <summary>A store that another process may be serving, to read only.</summary>
    public static readonly SessionKind Reader = new(raw.SQLITE_OPEN_READONLY, "");

    /// <summary>A copy that no other process has, as one file without a log.</summary>
    public static readonly SessionKind Single = new(raw.SQLITE_OPEN_READWRITE, "PRAGMA journal_mode = DELETE");

    /// <summary>The lock file. Its one row may be lost, so it has no journal on disk.</summary>
    public static readonly SessionKind Lock = new(ReadWrite, "PRAGMA journal_mode = MEMORY");
}
