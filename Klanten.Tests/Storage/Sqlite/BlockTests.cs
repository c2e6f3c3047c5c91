using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>A klant is found by its position in a list, however many klanten precede it and whatever was removed between them.</summary>
public sealed class BlockTests : IDisposable
{
    private const string One = "517439943";
    private const string Two = "999990639";

    /// <summary>At and around the ends of blocks of each size, with a whole block of the largest size without klanten.</summary>
    private static readonly long[] Sequences =
    [
        1, 2, 255, 256, 257, 511, 512, 8_191, 8_192, 8_193, 100_000, 262_143, 262_144, 262_145, 786_432, 786_433, 1_000_000,
    ];

    private readonly TempFolder folder = new();
    private readonly SqliteSession session;

    public BlockTests()
    {
        new SqliteDatabase(new() { Pad = folder.Database }).Dispose();
        session = new(folder.Database);
        foreach (var sequence in Sequences) Add(sequence);
    }

    public void Dispose()
    {
        session.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData(SqliteSchema.AllKlanten)]
    [InlineData(One)]
    [InlineData(Two)]
    public void Counts_that_commits_made_lead_to_each_klant(string scope)
    {
        var blocks = new SqliteBlocks();
        foreach (var sequence in Sequences) blocks.Add(ScopeOf(sequence), sequence, 1);
        blocks.Save(session);
        AssertFound(scope);
    }

    [Theory]
    [InlineData(SqliteSchema.AllKlanten)]
    [InlineData(One)]
    [InlineData(Two)]
    public void Counts_that_were_counted_anew_lead_to_each_klant(string scope)
    {
        session.Script("INSERT INTO klant_count_by_block " + SqliteBlocks.Count);
        AssertFound(scope);
    }

    [Theory]
    [InlineData(SqliteSchema.AllKlanten)]
    [InlineData(One)]
    [InlineData(Two)]
    public void Counts_of_version_6_lead_to_each_klant(string scope)
    {
        session.Script(
            $"""
            CREATE TABLE klant_block_count (bronorganisatie TEXT, block INTEGER, count INTEGER, PRIMARY KEY (bronorganisatie, block));
            INSERT INTO klant_block_count SELECT bronorganisatie, sequence >> 8, count(*) FROM klant GROUP BY 1, 2;
            INSERT INTO klant_block_count SELECT '', sequence >> 8, count(*) FROM klant GROUP BY 2;
            {SqliteBlocks.MoveFromOneSize}
            """);
        AssertFound(scope);
    }

    /// <summary>Of 9,000 some are removed: none, a few at and between the ends of blocks, and whole blocks.</summary>
    [Theory]
    [InlineData("sequence < 0", SqliteSchema.AllKlanten)]
    [InlineData("sequence < 0", One)]
    [InlineData("sequence = 1", SqliteSchema.AllKlanten)]
    [InlineData("sequence IN (255, 256, 511, 8191, 8192)", SqliteSchema.AllKlanten)]
    [InlineData("sequence IN (300, 8500)", SqliteSchema.AllKlanten)]
    [InlineData("sequence IN (300, 8500)", Two)]
    [InlineData("sequence BETWEEN 512 AND 767", SqliteSchema.AllKlanten)]
    [InlineData("sequence < 8000", SqliteSchema.AllKlanten)]
    public void Klanten_that_are_side_by_side_are_each_found(string removed, string scope)
    {
        session.Script(
            $"""
            DELETE FROM klant;
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 9000)
            INSERT INTO klant (sequence, id, version, bronorganisatie, klantnummer, json)
            SELECT n, randomblob(16), 1, iif(n % 2 = 0, '{One}', '{Two}'), n, x'7b7d' FROM number;
            DELETE FROM klant WHERE {removed};
            INSERT INTO klant_count_by_block {SqliteBlocks.Count}
            """);
        AssertFound(scope, Enumerable.Range(1, 9000).Select(n => (long)n)
            .Where(n => session.Number("SELECT EXISTS (SELECT 1 FROM klant WHERE sequence = ?1)", n) == 1));
    }

    [Fact]
    public void In_klanten_that_are_side_by_side_none_is_passed()
    {
        session.Script("DELETE FROM klant");
        for (var sequence = 1; sequence < 256; sequence++) Add(sequence);
        session.Script("INSERT INTO klant_count_by_block " + SqliteBlocks.Count);
        Assert.Equal((201, 0), SqliteBlocks.Find(session, SqliteSchema.AllKlanten, 200));
    }

    [Fact]
    public void A_position_after_the_last_klant_leads_to_none()
    {
        session.Script("INSERT INTO klant_count_by_block " + SqliteBlocks.Count);
        Assert.True(SqliteBlocks.Find(session, SqliteSchema.AllKlanten, Sequences.Length).From > Sequences[^1]);
    }

    [Fact]
    public void What_a_transaction_left_is_not_saved_by_the_next()
    {
        var blocks = new SqliteBlocks();
        blocks.Add(One, 1, 1);
        blocks.Clear();
        blocks.Save(session);
        Assert.Equal(0, session.Number("SELECT count(*) FROM klant_count_by_block"));
    }

    private static string ScopeOf(long sequence) => sequence % 2 == 0 ? One : Two;

    private void Add(long sequence) => session.Execute(
        "INSERT INTO klant (sequence, id, version, bronorganisatie, klantnummer, json) VALUES (?1, ?2, 1, ?3, ?4, x'7b7d')",
        sequence, Guid.CreateVersion7(), ScopeOf(sequence), $"{sequence}");

    private void AssertFound(string scope, IEnumerable<long>? sequences = null)
    {
        var expected = (sequences ?? Sequences).Where(n => scope == SqliteSchema.AllKlanten || scope == ScopeOf(n)).ToList();
        var found = expected.Select((_, position) =>
        {
            var (from, skip) = SqliteBlocks.Find(session, scope, position);
            return session.Number(
                "SELECT sequence FROM klant WHERE sequence >= ?1 AND ?2 IN ('', bronorganisatie) ORDER BY sequence LIMIT 1 OFFSET ?3",
                from, scope, skip);
        });
        Assert.Equal(expected, found.Select(sequence => sequence!.Value));
    }
}
