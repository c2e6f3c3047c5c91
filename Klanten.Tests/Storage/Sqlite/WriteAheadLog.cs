using System.Buffers.Binary;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>
/// The write-ahead log beside a database file, as far as it tells how many transactions were committed
/// (sqlite.org/fileformat2.html, 4.1): in synchronous mode FULL each of them is one fsync.
/// </summary>
/// <remarks>SQLite keeps its locks on other files, so opening this one beside it takes none away.</remarks>
internal sealed class WriteAheadLog(string database)
{
    private const int HeaderSize = 32;
    private const int FrameHeaderSize = 24;

    /// <summary>What was committed so far, to be counted from.</summary>
    public Moment Now() => Read();

    /// <summary>Transactions committed since, as long as the log was started anew at most once.</summary>
    public int CommitsSince(Moment moment) => Read() is var now && now.Salts == moment.Salts ? now.Commits - moment.Commits : now.Commits;

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
            // Other salts: what is left of the log before it was started anew.
            if (BinaryPrimitives.ReadUInt64BigEndian(frame[8..]) != salts) break;
            // The size of the database after the commit, which only the last frame of a transaction has.
            if (BinaryPrimitives.ReadUInt32BigEndian(frame[4..]) != 0) commits++;
            file.Seek(pageSize, SeekOrigin.Current);
        }
        return new(salts, commits);
    }

    internal readonly record struct Moment(ulong Salts, int Commits);
}
