using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// The write-ahead log beside a database, read from the file as SQLite reads it when it opens the database after a crash
/// (sqlite.org/fileformat2.html, 4).
/// </summary>
/// <remarks>It must be read before SQLite opens the database: closing any other handle of a file ends SQLite's locks on it.</remarks>
internal sealed class WriteAheadLogFile
{
    /// <summary>Appended to the path of the database.</summary>
    public const string Suffix = "-wal";

    private const int HeaderSize = 32;
    private const int FrameHeaderSize = 24;
    private const int PageSizeInDatabase = 16;
    private const int SchemaCookieInDatabase = 40;
    private const uint Magic = 0x377F0682;

    private readonly List<Frame> committed = [];

    private WriteAheadLogFile()
    {
    }

    /// <summary>Transactions that SQLite will recover.</summary>
    public int Transactions { get; private set; }

    /// <summary>
    /// Frames of the log's present generation that SQLite drops: the first has a wrong checksum, and it reads none after that.
    /// </summary>
    public int DroppedFrames { get; private set; }

    /// <summary>Transactions that end in a dropped frame.</summary>
    public int DroppedTransactions { get; private set; }

    /// <summary>Null when there is no log, or an empty one.</summary>
    public static WriteAheadLogFile? Read(string database)
    {
        var path = database + Suffix;
        if (new FileInfo(path) is not { Exists: true, Length: > HeaderSize }) return null;
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
        var log = new WriteAheadLogFile();
        log.Read(file);
        return log;
    }

    /// <summary>
    /// Whether the log continues this database. It does when the mark in the database is the one that the log starts from, or one
    /// that the log itself contains: then a part of the log was copied already. A log without marks is not judged.
    /// </summary>
    public bool Continues(string database)
    {
        var marked = committed.FindIndex(frame => frame.Mark is not null);
        if (marked < 0) return true;
        using var file = new FileStream(database, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var (page, first) = (committed[marked].Page, committed[marked].Mark!.Value);
        var marks = committed.Where(frame => frame.Mark is not null).Select(frame => frame.Mark!.Value.Current).Prepend(first.Previous);
        if (!marks.Contains(ReadMark(file, page))) return false;

        // A change of the schema before the first mark is in the log, and what the schema cookie was before it is not.
        var schemaChange = committed.FindIndex(frame => frame.SchemaCookie is not null);
        if (schemaChange >= 0 && schemaChange < StartOfTransaction(marked)) return true;
        var cookies = committed.Where(frame => frame.SchemaCookie is not null).Select(frame => frame.SchemaCookie!.Value);
        return cookies.Prepend(first.SchemaCookie).Contains(ReadSchemaCookie(file));
    }

    /// <summary>The first frame of the transaction that a frame belongs to.</summary>
    private int StartOfTransaction(int frame)
    {
        while (frame > 0 && !committed[frame - 1].EndsTransaction) frame--;
        return frame;
    }

    private void Read(FileStream file)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        file.ReadExactly(header);
        var magic = BinaryPrimitives.ReadUInt32BigEndian(header);
        var pageSize = (int)BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        var sum = new Checksum(isBigEndian: (magic & 1) == 1);
        sum.Add(header[..24]);
        var isSound = (magic & ~1u) == Magic && sum.IsAt(header[24..]);
        ulong? salts = isSound ? BinaryPrimitives.ReadUInt64BigEndian(header[16..]) : null;
        var frame = new byte[FrameHeaderSize + (isSound ? pageSize : SessionKind.PageSize)];
        var open = new List<Frame>();
        while (file.ReadAtLeast(frame, frame.Length, throwOnEndOfStream: false) == frame.Length)
        {
            // Frames with other salts are left from before the log was started again, and are not part of it. Without a sound
            // header, the salts of the first frame count as those of the log.
            salts ??= BinaryPrimitives.ReadUInt64BigEndian(frame.AsSpan(8));
            var isOfLog = BinaryPrimitives.ReadUInt64BigEndian(frame.AsSpan(8)) == salts && salts != 0;
            if (isSound && isOfLog)
            {
                sum.Add(frame.AsSpan(0, 8));
                sum.Add(frame.AsSpan(FrameHeaderSize));
            }
            isSound &= isOfLog && sum.IsAt(frame.AsSpan(16));
            if (isSound) Add(open, Frame.Parse(frame));
            else if (isOfLog) Drop(frame);
        }
    }

    private void Add(List<Frame> open, Frame frame)
    {
        open.Add(frame);
        if (!frame.EndsTransaction) return;
        committed.AddRange(open);
        open.Clear();
        Transactions++;
    }

    private void Drop(ReadOnlySpan<byte> frame)
    {
        DroppedFrames++;
        if (Frame.IsLastOfTransaction(frame)) DroppedTransactions++;
    }

    private static Guid ReadMark(FileStream database, uint page)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        database.Position = 0;
        if (database.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize) return Guid.Empty;
        var size = BinaryPrimitives.ReadUInt16BigEndian(header[PageSizeInDatabase..]);
        var bytes = new byte[size == 1 ? 65536 : size];
        database.Position = (long)(page - 1) * bytes.Length;
        database.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return SqliteLogMark.FindOn(bytes)?.Current ?? Guid.Empty;
    }

    private static uint ReadSchemaCookie(FileStream database)
    {
        Span<byte> cookie = stackalloc byte[4];
        database.Position = SchemaCookieInDatabase;
        database.ReadAtLeast(cookie, cookie.Length, throwOnEndOfStream: false);
        return BinaryPrimitives.ReadUInt32BigEndian(cookie);
    }

    /// <summary>What is kept of a frame: its page itself is not.</summary>
    private readonly record struct Frame(uint Page, bool EndsTransaction, SqliteLogMark? Mark, uint? SchemaCookie)
    {
        public static Frame Parse(ReadOnlySpan<byte> frame)
        {
            var number = BinaryPrimitives.ReadUInt32BigEndian(frame);
            var page = frame[FrameHeaderSize..];
            uint? cookie = number == 1 ? BinaryPrimitives.ReadUInt32BigEndian(page[SchemaCookieInDatabase..]) : null;
            return new(number, IsLastOfTransaction(frame), SqliteLogMark.FindOn(page), cookie);
        }

        /// <summary>Only the last frame of a transaction has the size of the database after it.</summary>
        public static bool IsLastOfTransaction(ReadOnlySpan<byte> frame) => BinaryPrimitives.ReadUInt32BigEndian(frame[4..]) != 0;
    }

    /// <summary>The checksum of the log, which runs on from the header through all frames (sqlite.org/fileformat2.html, 4.2).</summary>
    private struct Checksum(bool isBigEndian)
    {
        private uint first;
        private uint second;

        public void Add(ReadOnlySpan<byte> bytes)
        {
            var words = MemoryMarshal.Cast<byte, uint>(bytes);
            var isReversed = isBigEndian == BitConverter.IsLittleEndian;
            for (var i = 0; i < words.Length; i += 2)
            {
                first += (isReversed ? BinaryPrimitives.ReverseEndianness(words[i]) : words[i]) + second;
                second += (isReversed ? BinaryPrimitives.ReverseEndianness(words[i + 1]) : words[i + 1]) + first;
            }
        }

        public readonly bool IsAt(ReadOnlySpan<byte> expected) =>
            BinaryPrimitives.ReadUInt32BigEndian(expected) == first && BinaryPrimitives.ReadUInt32BigEndian(expected[4..]) == second;
    }
}
