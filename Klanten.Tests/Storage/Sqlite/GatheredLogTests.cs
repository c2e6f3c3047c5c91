using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>
/// The writer puts a commit together in memory before it writes it. Its own reads, other sessions and a restart find the same.
/// </summary>
public sealed class GatheredLogTests : IDisposable
{
    /// <summary>Rows of a transaction that is many times larger than what is gathered.</summary>
    private const int Many = 2000;

    private readonly TempFolder folder = new();
    private readonly SqliteSession writer;
    private readonly SqliteSession reader;

    public GatheredLogTests()
    {
        writer = new(folder.Database, SessionKind.Writer);
        writer.Script("CREATE TABLE item (id INTEGER PRIMARY KEY, text BLOB NOT NULL); PRAGMA wal_autocheckpoint = 0");
        reader = new(folder.Database);
    }

    public void Dispose()
    {
        reader.Dispose();
        writer.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void A_commit_is_in_the_file_when_it_is_answered()
    {
        Insert(1, 1);
        Assert.Equal(1, Count(reader));
        using var restarted = new SqliteSession(Copy());
        Assert.Equal(1, Count(restarted));
    }

    [Fact]
    public void A_transaction_is_not_in_the_file_before_its_commit()
    {
        writer.Script("BEGIN IMMEDIATE");
        Insert(1, 10);
        Assert.Equal(0, Count(reader));
        writer.Script("COMMIT");
        Assert.Equal(10, Count(reader));
    }

    [Fact]
    public void A_large_commit_is_whole()
    {
        Insert(1, Many);
        Assert.Equal(Many, Count(reader));
        using var restarted = new SqliteSession(Copy());
        Assert.Equal("ok", restarted.Text("PRAGMA integrity_check"));
        Assert.Equal(Many, Count(restarted));
    }

    [Fact]
    public void A_transaction_reads_and_changes_what_left_its_memory_before_its_commit()
    {
        SpillEarly();
        writer.Script("BEGIN IMMEDIATE");
        Insert(1, Many);
        writer.Script("UPDATE item SET text = zeroblob(900) WHERE id % 7 = 0; DELETE FROM item WHERE id % 11 = 0");
        Assert.Equal(Many - (Many / 11), Count(writer));
        Assert.Equal(0, Count(reader));
        writer.Script("COMMIT");
        Assert.Equal(Many - (Many / 11), Count(reader));
        Assert.Equal("ok", reader.Text("PRAGMA integrity_check"));
    }

    [Fact]
    public void What_a_transaction_wrote_before_it_was_rolled_back_is_overwritten_by_the_next()
    {
        SpillEarly();
        writer.Script("BEGIN IMMEDIATE");
        Insert(1, Many);
        writer.Script("ROLLBACK");
        Insert(1, 3);
        Assert.Equal(3, Count(reader));
        using var restarted = new SqliteSession(Copy());
        Assert.Equal(3, Count(restarted));
    }

    [Fact]
    public void A_log_that_was_copied_starts_again_from_its_beginning()
    {
        Insert(1, Many);
        writer.Checkpoint();
        var before = new FileInfo(folder.Database + "-wal").Length;
        Insert(Many + 1, 1);
        Assert.Equal(before, new FileInfo(folder.Database + "-wal").Length);
        using var restarted = new SqliteSession(Copy());
        Assert.Equal(Many + 1, Count(restarted));
    }

    [Fact]
    public void A_log_is_cut_back_to_the_size_that_was_set()
    {
        writer.Script("PRAGMA journal_size_limit = 10000");
        Insert(1, Many);
        writer.Checkpoint();
        Insert(Many + 1, 1);
        Assert.InRange(new FileInfo(folder.Database + "-wal").Length, 1, 10_000);
        Assert.Equal(Many + 1, Count(reader));
    }

    [Fact]
    public void The_last_session_removes_the_log_of_which_nothing_is_lost()
    {
        Insert(1, Many);
        reader.Dispose();
        writer.Dispose();
        Assert.False(File.Exists(folder.Database + "-wal"));
        using var restarted = new SqliteSession(folder.Database);
        Assert.Equal(Many, Count(restarted));
    }

    /// <summary>The pages that do not fit in so small a cache are written to the log before the commit, and read from it again.</summary>
    private void SpillEarly() => writer.Script("PRAGMA cache_size = 10");

    private void Insert(int from, int count) => writer.Script(
        $"""
        WITH RECURSIVE new (id) AS (VALUES ({from}) UNION ALL SELECT id + 1 FROM new WHERE id < {from + count - 1})
        INSERT INTO item SELECT id, randomblob(700) FROM new
        """);

    private static long Count(SqliteSession session) => session.Number("SELECT count(*) FROM item")!.Value;

    /// <summary>The database and its log as a crash would leave them.</summary>
    private string Copy()
    {
        var copy = Path.Combine(folder.Path, "copy.db");
        File.Copy(folder.Database, copy);
        File.Copy(folder.Database + "-wal", copy + "-wal");
        return copy;
    }
}
