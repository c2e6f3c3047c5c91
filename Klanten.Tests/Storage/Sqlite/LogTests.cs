using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;
using Microsoft.Extensions.Logging;
using SQLitePCL;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>
/// What happens at open with the log that a crash left: the log of the file is recovered, the log of another file is refused, and
/// damage in it is reported. A copy of the files while they are in use is what a crash leaves.
/// </summary>
public sealed class LogTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly string rsin = Rsin();
    private SqliteDatabase database;
    private int created;

    public LogTests() => database = Open(folder.Database);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    /// <remarks>With a copy of the log into the database now and then, in part or whole, by this program or by another one.</remarks>
    [Fact]
    public async Task Whatever_a_crash_leaves_is_opened_with_every_write_that_was_answered()
    {
        using var other = new SqliteSession(folder.Database);
        for (var round = 0; round < 60; round++)
        {
            await CreateAsync(round % 7);
            if (round % 5 == 1) await CopyLogAsync();
            if (round % 11 == 3) other.Checkpoint();
            if (round % 13 == 0) await database.WriteAsync(t => t.Session.Script("DROP INDEX klant_subject"));
            if (round % 13 == 1) await database.WriteAsync(t => SqliteSchema.AddIndexes(t.Session));
            await OpensAsync(Crash($"{round}.db"), created);
        }
    }

    [Fact]
    public async Task What_a_crash_leaves_while_a_reader_keeps_the_log_from_starting_again_is_opened()
    {
        await CreateAsync(3);
        using var reader = new SqliteSession(folder.Database);
        reader.Script("BEGIN");
        reader.Number("SELECT count(*) FROM klant");
        for (var round = 0; round < 10; round++)
        {
            await CreateAsync(2);
            await CopyLogAsync();
            await OpensAsync(Crash($"{round}.db"), created);
        }
    }

    [Theory]
    [InlineData("by SQLite's backup", false)]
    [InlineData("by SQLite's backup", true)]
    [InlineData("by VACUUM INTO", false)]
    [InlineData("by VACUUM INTO", true)]
    [InlineData("by a copy of the file", true)]
    [InlineData("by the command", false)]
    [InlineData("by the command", true)]
    public async Task A_backup_that_is_put_back_beside_the_log_is_refused(string way, bool isOfAnEarlierLog)
    {
        await CreateAsync(20);
        var backup = Backup(way);
        await CreateAsync(5);
        if (isOfAnEarlierLog) await CopyLogAsync();
        await CreateAsync(5);
        var crashed = Crash("crashed.db");
        File.Copy(backup, crashed, overwrite: true);
        var before = await File.ReadAllBytesAsync(crashed, Cancellation);

        var message = Assert.Throws<StoreRefusedException>(() => Open(crashed)).Message;

        Assert.Contains("belongs to another file", message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(crashed, Cancellation));
        Assert.True(File.Exists(crashed + "-wal"));
        File.Delete(crashed + "-wal");
        await OpensAsync(crashed, 20);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_log_whose_database_is_missing_is_refused(bool isEmptied)
    {
        await CreateAsync(1);
        var crashed = Crash("crashed.db");
        if (isEmptied) File.WriteAllBytes(crashed, []);
        else File.Delete(crashed);
        Assert.Contains(
            "without its database", Assert.Throws<StoreRefusedException>(() => Open(crashed)).Message, StringComparison.Ordinal);
        Assert.True(new FileInfo(crashed + "-wal").Length > 0);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.999)]
    public async Task Frames_that_are_dropped_because_of_damage_are_reported(double place)
    {
        using var reader = KeepInLog();
        await CreateAsync(10);
        var crashed = Crash("crashed.db");
        Flip(crashed + "-wal", place);
        Assert.Matches(@"dropped \d+ frames, with the end of [1-9]\d* transactions", Assert.Single(LinesOfOpening(crashed)));
    }

    /// <remarks>SQLite would lay the older pages of the sound part over the newer ones in the database.</remarks>
    [Fact]
    public async Task A_log_that_is_damaged_before_the_end_of_what_was_copied_is_refused()
    {
        await CreateAsync(10);
        using (var session = new SqliteSession(folder.Database)) session.Checkpoint();
        var crashed = Crash("crashed.db");
        Flip(crashed + "-wal", 0.5);
        Assert.Contains("is damaged", Assert.Throws<StoreRefusedException>(() => Open(crashed)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_header_of_the_log_is_reported()
    {
        using var reader = KeepInLog();
        await CreateAsync(10);
        var crashed = Crash("crashed.db");
        Flip(crashed + "-wal", 0);
        Assert.Matches(@"dropped \d+ frames", Assert.Single(LinesOfOpening(crashed)));
    }

    [Fact]
    public async Task Frames_of_before_the_log_started_again_are_not_reported()
    {
        await CreateAsync(10);
        using (var session = new SqliteSession(folder.Database)) session.Checkpoint();
        await CreateAsync(1);
        var crashed = Crash("crashed.db");
        Flip(crashed + "-wal", 0.999);
        Assert.Empty(LinesOfOpening(crashed));
        await OpensAsync(crashed, 11);
    }

    [Fact]
    public async Task A_transaction_that_a_kill_cut_off_is_not_reported()
    {
        using var reader = KeepInLog();
        await CreateAsync(10);
        var crashed = Crash("crashed.db");
        using (var log = new FileStream(crashed + "-wal", FileMode.Open)) log.SetLength(log.Length - 1000);
        Assert.Empty(LinesOfOpening(crashed));
        await OpensAsync(crashed, 9);
    }

    [Fact]
    public async Task Little_is_left_in_the_log_of_a_program_at_rest()
    {
        await CreateAsync(10);
        await Eventually.TrueAsync(
            () =>
            {
                File.Copy(folder.Database, folder["alone.db"], overwrite: true);
                return Count(folder["alone.db"]) == 10;
            },
            "the database has every klant without its log");
    }

    /// <summary>The klanten of a copy; null when the program wrote while it was copied.</summary>
    private static long? Count(string copy)
    {
        try
        {
            using var session = new SqliteSession(copy, SessionKind.Plain);
            return session.Number("SELECT count(*) FROM klant");
        }
        catch (SqliteException exception) when (exception.PrimaryCode == raw.SQLITE_CORRUPT)
        {
            return null;
        }
    }

    private static SqliteDatabase Open(string path, SqliteFaults? faults = null) => new(new() { Pad = path }, faults);

    /// <summary>What is logged while a file is opened.</summary>
    internal static List<string> LinesOfOpening(string path)
    {
        using var lines = new LogEverything();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(lines));
        Open(path, new(factory.CreateLogger<SqliteFaults>(), null, TimeProvider.System)).Dispose();
        return [.. lines.Lines];
    }

    private static async Task OpensAsync(string path, int klanten)
    {
        using (var opened = Open(path))
        {
            var page = await new SqliteKlantStore(opened).ListAsync(KlantFilter.None, PageRequest.First, Cancellation);
            Assert.Equal(klanten, page!.Count);
        }
        using var session = new SqliteSession(path, SessionKind.Plain);
        Assert.Equal("ok", session.Text("PRAGMA integrity_check"));
        Assert.Equal(klanten, session.Number("SELECT count(*) FROM klant"));
    }

    /// <summary>A reader of the empty store: nothing of the log can be copied while it reads.</summary>
    private SqliteSession KeepInLog()
    {
        var reader = new SqliteSession(folder.Database);
        reader.Script("BEGIN");
        Assert.Equal(0, reader.Number("SELECT count(*) FROM klant"));
        return reader;
    }

    private async Task CreateAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var klant = Klant(rsin, $"A-{++created}");
            var commit = Creation(klant, KlantId.New(rsin), DateTimeOffset.UnixEpoch.AddSeconds(created));
            Assert.Equal(CommitResult.Committed, await new SqliteKlantStore(database).CommitAsync(commit, Cancellation));
        }
    }

    /// <summary>Closes and opens the file: the log is copied whole and a new one begins.</summary>
    private async Task CopyLogAsync()
    {
        if (created % 2 == 0)
        {
            database.Dispose();
            database = Open(folder.Database);
        }
        else
        {
            using var session = new SqliteSession(folder.Database);
            session.Checkpoint();
        }
        // A log starts again with the first write after it was copied.
        await CreateAsync(1);
    }

    private string Crash(string name)
    {
        foreach (var suffix in (string[])["", "-wal"]) File.Copy(folder.Database + suffix, folder[name] + suffix);
        return folder[name];
    }

    private string Backup(string way)
    {
        var backup = folder["backup.db"];
        switch (way)
        {
            case "by the command":
                SqliteBackup.Make(folder.Database, backup, cancellationToken: TestContext.Current.CancellationToken);
                break;
            case "by VACUUM INTO":
                using (var session = new SqliteSession(folder.Database)) session.Execute("VACUUM INTO ?1", backup);
                break;
            case "by SQLite's backup":
                using (var source = new SqliteSession(folder.Database))
                using (var copy = new SqliteSession(backup, SessionKind.Plain))
                {
                    copy.CopyFrom(source, null, TestContext.Current.CancellationToken);
                }
                break;
            default:
                using (var session = new SqliteSession(folder.Database)) session.Checkpoint();
                // Later writes are in the same log, which is then copied and started again.
                File.Copy(folder.Database, backup);
                break;
        }
        return backup;
    }

    private static void Flip(string path, double place)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var at = (long)(file.Length * place);
        file.Position = at;
        var value = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(value ^ 0x10));
    }
}
