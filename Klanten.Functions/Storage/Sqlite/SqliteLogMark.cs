using System.Buffers.Binary;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// A mark in the database (table <c>log_mark</c>) that each transaction changes, so that a log and a database that do not belong
/// together are recognised (ADR 20).
/// </summary>
/// <param name="Previous">The mark before the transaction.</param>
/// <param name="Current">The mark after it.</param>
/// <param name="SchemaCookie">The schema cookie before it (sqlite.org/fileformat2.html, 1.3.9). SQLite's own copies change that.</param>
internal readonly record struct SqliteLogMark(Guid Previous, Guid Current, uint SchemaCookie)
{
    private const byte LeafOfTable = 0x0D;

    private const string Save =
        "INSERT INTO log_mark (id, mark) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET mark = excluded.mark";

    private const int CellHeaderSize = 5;
    private const int Size = 44;

    /// <summary>
    /// Of the one row: length of the payload, rowid, and the header of the record: its own length, a null in the place of the
    /// rowid, a blob of 44 bytes.
    /// </summary>
    private static ReadOnlySpan<byte> CellHeader => [3 + Size, 1, 3, 0, (2 * Size) + 12];

    private static ReadOnlySpan<byte> Signature => "KLNTmark"u8;

    /// <summary>The mark that the database has; none in a new one.</summary>
    public static SqliteLogMark Read(SqliteSession session) =>
        session.Blob("SELECT mark FROM log_mark") is { } mark && Parse(mark) is { } parsed ? parsed : default;

    /// <summary>Gives the database the mark that follows this one.</summary>
    public SqliteLogMark Change(SqliteSession session, uint schemaCookie)
    {
        var next = new SqliteLogMark(Current, Guid.NewGuid(), schemaCookie);
        session.Execute(Save, next.ToBytes());
        return next;
    }

    /// <summary>The mark on a page of the database; null when the page is not that of <c>log_mark</c>.</summary>
    /// <remarks>No other table has a page with one such row, whatever is in it (sqlite.org/fileformat2.html, 1.6 and 2.1).</remarks>
    public static SqliteLogMark? FindOn(ReadOnlySpan<byte> page)
    {
        if (page.Length < 512 || page[0] != LeafOfTable || BinaryPrimitives.ReadUInt16BigEndian(page[3..]) != 1) return null;
        var cell = BinaryPrimitives.ReadUInt16BigEndian(page[8..]);
        if (cell + CellHeaderSize + Size > page.Length || !page[cell..].StartsWith(CellHeader)) return null;
        return Parse(page.Slice(cell + CellHeaderSize, Size));
    }

    private static SqliteLogMark? Parse(ReadOnlySpan<byte> mark) => mark.Length == Size && mark.StartsWith(Signature)
        ? new(new(mark.Slice(8, 16)), new(mark.Slice(24, 16)), BinaryPrimitives.ReadUInt32BigEndian(mark[40..]))
        : null;

    private byte[] ToBytes()
    {
        var bytes = new byte[Size];
        Signature.CopyTo(bytes);
        Previous.TryWriteBytes(bytes.AsSpan(8));
        Current.TryWriteBytes(bytes.AsSpan(24));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(40), SchemaCookie);
        return bytes;
    }
}
