using System.Runtime.InteropServices;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// How many klanten there are in blocks of successive values of <c>klant.sequence</c>, of all klanten and of each bronorganisatie.
/// A block of one size is 32 of the next smaller size, so a deep page is found in a few dozen look-ups. Holds what one
/// transaction changes of it. Not thread-safe.
/// </summary>
internal sealed class SqliteBlocks
{
    /// <summary>Counts the klanten, in the columns of the table.</summary>
    public const string Count =
        $"""
        WITH
            counted AS MATERIALIZED (
                SELECT sequence >> 8 AS block, bronorganisatie, count(*) AS count FROM klant GROUP BY block, bronorganisatie),
            smallest AS (
                SELECT * FROM counted
                UNION ALL
                SELECT block, '', sum(count) FROM counted GROUP BY block)
        {EachSize}
        """;

    /// <summary>Takes over the counts of schema version 6, which were of blocks of 2^8 only.</summary>
    public const string MoveFromOneSize =
        $"""
        INSERT INTO klant_count_by_block
        WITH smallest AS (SELECT block, bronorganisatie, count FROM klant_block_count)
        {EachSize};
        DROP TABLE klant_block_count;
        """;

    private const string EachSize =
        """
        SELECT bits, block >> (bits - 8) AS larger, bronorganisatie, sum(count) AS count
        FROM smallest JOIN (SELECT 18 AS bits UNION ALL SELECT 13 UNION ALL SELECT 8)
        GROUP BY bits, larger, bronorganisatie
        """;

    private const string AddToCount =
        """
        INSERT INTO klant_count_by_block (bits, block, bronorganisatie, count) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT DO UPDATE SET count = count + excluded.count
        """;

    private const string SelectCount = "SELECT count FROM klant_count_by_block WHERE bits = ?1 AND block = ?2 AND bronorganisatie = ?3";

    private const int SmallestBits = 8;

    /// <summary>A block with every sequence.</summary>
    private const int WholeBits = 63;

    /// <summary>By smallest block: a bulk load adds many klanten to each.</summary>
    private readonly Dictionary<(long Block, string Bronorganisatie), long> changes = [];

    private static ReadOnlySpan<int> AllBits => [18, 13, SmallestBits];

    /// <summary>What changes of the number of klanten, of all and of each bronorganisatie.</summary>
    public Dictionary<string, long> Totals => Sum(WholeBits).ToDictionary(sum => sum.Key.Scope, sum => sum.Value, StringComparer.Ordinal);

    /// <summary>A place at or before the klant at this position, and how many klanten of the scope are between them.</summary>
    /// <param name="session">Holds a read transaction, in which there are more klanten than this.</param>
    /// <param name="scope">A bronorganisatie, or all klanten.</param>
    /// <param name="position">The place in the list of the scope, from 0.</param>
    public static (long From, long Skip) Find(SqliteSession session, string scope, long position)
    {
        if (position == 0) return (0, 0);
        var from = 0L;
        var last = session.Number("SELECT max(sequence) FROM klant") ?? 0;
        foreach (var bits in AllBits)
        {
            while (from <= last)
            {
                var count = CountOf(session, bits, from >> bits, scope);
                var next = from + (1L << bits);
                if (position < count)
                {
                    // Where none was removed, the klanten are side by side. The first sequence of all is 1.
                    var first = Math.Max(from, 1);
                    if (count == next - first) return (first + position, 0);
                    break;
                }
                position -= count;
                from = next;
            }
        }
        return (from, position);
    }

    /// <param name="bronorganisatie">The bronorganisatie of the klant.</param>
    /// <param name="sequence">The klant's place in every list.</param>
    /// <param name="change">1 or -1.</param>
    public void Add(string bronorganisatie, long sequence, int change) =>
        CollectionsMarshal.GetValueRefOrAddDefault(changes, (sequence >> SmallestBits, bronorganisatie), out _) += change;

    public void Save(SqliteSession session)
    {
        foreach (var bits in AllBits)
        {
            foreach (var ((block, scope), change) in Sum(bits)) session.Execute(AddToCount, bits, block, scope, change);
        }
    }

    public void Clear() => changes.Clear();

    private Dictionary<(long Block, string Scope), long> Sum(int bits)
    {
        var sums = new Dictionary<(long, string), long>();
        foreach (var ((block, bronorganisatie), change) in changes)
        {
            var larger = block >> (bits - SmallestBits);
            foreach (var scope in (ReadOnlySpan<string>)[SqliteSchema.AllKlanten, bronorganisatie])
            {
                CollectionsMarshal.GetValueRefOrAddDefault(sums, (larger, scope), out _) += change;
            }
        }
        return sums;
    }

    private static long CountOf(SqliteSession session, int bits, long block, string scope)
    {
        using var row = session.Prepare(SelectCount).Bind(bits).Bind(block).Bind(scope);
        return row.Step() ? row.Int64(0) : 0;
    }
}
