using System.Buffers.Binary;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>
/// Counts the transactions in the write-ahead log of a database (sqlite.org/fileformat2.html, 4.1). In synchronous mode
/// FULL each of them is one fsync.
/// </summary>
/// <remarks>SQLite locks other files, so closing this one releases none of its locks (sqlite.org/howtocorrupt.html, 2.2).</remarks>
internal sealed class WriteAheadLog(string database)
{
    private const int HeaderSize = 32;
    private const int FrameHeaderSize = 24;

    /// <summary>The end of the log, to count from.</summary>
    public Moment Now() => Read();

    /// <summary>Transactions committed since. Correct as long as SQLite restarted the log at most once.</summary>
    public int CommitsSince(Moment moment)
    {
        var now = Read();
        return now.Salts == moment.Salts ? now.Commits - moment.Commits : now.Commits;
    }

    private Moment Read()
    {
        using var file = new FileStream(database + "-wal", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> header = stackalloc byte[HeaderSize];
        if (file.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize) return new(0, 0);
        var pageSize = BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
        var salts = BinaryPrimitives.ReadUInt64BigEndian(header[16..]);
        var commits = 0;
        Span<byte> frame = stackalloc byte[FrameHeaderSize];
        while (file.ReadAtLeast(frame, FrameHeaderSize, throwOnEndOfStream: false) == FrameHeaderSize)
        {
            // A frame with other salts is left from before SQLite restarted the log.
            if (BinaryPrimitives.ReadUInt64BigEndian(frame[8..]) != salts) break;
            // Only the last frame of a transaction has the size of the database after the commit.
            if (BinaryPrimitives.ReadUInt32BigEndian(frame[4..]) != 0) commits++;
            file.Seek(pageSize, SeekOrigin.Current);
        }
        return new(salts, commits);
    }

    internal readonly record struct Moment(ulong Salts, int Commits);
}
