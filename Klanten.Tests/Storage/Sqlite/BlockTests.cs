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
        foreach (var sequence in Sequences)
        {
            session.Execute(
                "INSERT INTO klant (sequence, id, version, bronorganisatie, klantnummer, json) VALUES (?1, ?2, 1, ?3, ?4, x'7b7d')",
                sequence, Guid.CreateVersion7(), ScopeOf(sequence), $"{sequence}");
        }
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
        foreach (var sequence in Sequences)
        {
            blocks.Add(SqliteSchema.AllKlanten, sequence, 1);
            blocks.Add(ScopeOf(sequence), sequence, 1);
        }
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

    private void AssertFound(string scope)
    {
        var expected = Sequences.Where(sequence => scope == SqliteSchema.AllKlanten || scope == ScopeOf(sequence)).ToList();
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
