using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary><c>backup</c> and <c>restore</c>, as an administrator types them, and a restore that is cut off at any point.</summary>
public sealed class RestoreTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly string rsin = Rsin();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Dictionary<string, string?> Settings => new(Applications.Settings) { ["Klanten:Sqlite:Pad"] = folder.Database };

    private string Backup => folder["backup.db"];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_store_is_backed_up_while_it_is_served_and_restored_when_it_is_not()
    {
        await using (var program = await KlantenProgram.StartAsync(folder.Path, Settings))
        {
            using var client = ApiClient.Create(program.Root);
            await client.CreateAsync();
            await client.CreateAsync();
            var (made, said) = await RunAsync("backup", "--naar", Backup);
            Assert.True(made == 0, said);
            await client.CreateAsync();

            var (exitCode, output) = await RunAsync("restore", "--van", Backup);
            Assert.Equal(1, exitCode);
            Assert.Contains("is in use by another process", output, StringComparison.Ordinal);
            await program.KillAsync();
        }

        Assert.Equal(
            (0, "The backup is the store now. What was there before is kept beside it, as klanten.db-previous."),
            await RunAsync("restore", "--van", Backup));
        Assert.Equal(2, await CountAsync(folder.Database));
        Assert.Equal(3, await CountAsync(folder.Database + SqliteRestore.Previous));
        Assert.Equal(["backup.db", "klanten.db"], Databases());
    }

    [Fact]
    public async Task A_backup_is_for_its_owner_only_and_replaces_nothing()
    {
        await FillAsync(folder.Database, 1);
        SqliteBackup.Make(folder.Database, Backup, cancellationToken: Cancellation);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Backup));
        var (exitCode, output) = await RunAsync("backup", "--naar", Backup);
        Assert.Equal(1, exitCode);
        Assert.Contains("exists already", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_leaves_files_of_others_beside_it_as_they_are()
    {
        await FillAsync(folder.Database, 1);
        string[] others = [".part", ".part-wal", ".part-shm", ".part-journal"];
        foreach (var other in others) await File.WriteAllTextAsync(Backup + other, "mine", Cancellation);
        Assert.Equal(0, (await RunAsync("backup", "--naar", Backup)).ExitCode);
        foreach (var other in others) Assert.Equal("mine", await File.ReadAllTextAsync(Backup + other, Cancellation));
    }

    [Fact]
    public async Task Of_two_backups_at_once_to_one_file_one_is_made_and_the_other_says_that_it_is_there()
    {
        await FillAsync(folder.Database, 1);
        var inside = false;
        void MakeTheOther(double copied)
        {
            if (inside) return;
            inside = true;
            SqliteBackup.Make(folder.Database, Backup, cancellationToken: Cancellation);
        }

        var refusal = Assert.Throws<StoreRefusedException>(
            () => SqliteBackup.Make(folder.Database, Backup, MakeTheOther, Cancellation));
        Assert.Equal(SqliteTexts.BackupExists, refusal.Reason.Text);
        Assert.Equal(1, await CountAsync(Backup));
        Assert.Empty(Unfinished());
    }

    [Fact]
    public async Task A_backup_that_is_stopped_leaves_nothing()
    {
        await FillAsync(folder.Database, 1);
        using var asked = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(
            () => SqliteBackup.Make(folder.Database, Backup, _ => asked.Cancel(), asked.Token));
        Assert.False(File.Exists(Backup));
        Assert.Empty(Unfinished());
    }

    [Fact]
    public async Task A_restore_that_is_stopped_leaves_the_store_as_it_was()
    {
        await FillAsync(folder.Database, 1);
        SqliteBackup.Make(folder.Database, Backup, cancellationToken: Cancellation);
        using var asked = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(
            () => SqliteRestore.Begin(Backup, folder.Database, _ => asked.Cancel(), asked.Token));
        Assert.False(File.Exists(folder.Database + SqliteRestore.Restored));
        Assert.Empty(Unfinished());
    }

    [Fact]
    public async Task A_backup_of_a_damaged_store_is_not_made()
    {
        await FillAsync(folder.Database, 200);
        Overwrite(folder.Database, 0.6);
        Assert.Throws<StoreRefusedException>(() => SqliteBackup.Make(folder.Database, Backup, cancellationToken: Cancellation));
        Assert.False(File.Exists(Backup));
    }

    [Theory]
    [InlineData("missing", "no such backup")]
    [InlineData("empty", "is empty")]
    [InlineData("a text", "is no database")]
    [InlineData("damaged", "is damaged")]
    [InlineData("of another program", "made by another program")]
    [InlineData("of a newer program", "made by a newer program")]
    [InlineData("with a log", "Beside the backup lies a log")]
    public async Task What_is_no_sound_backup_of_this_program_is_refused_and_the_store_stays(string kind, string part)
    {
        await FillAsync(folder.Database, 3);
        await MakeAsync(kind);
        var (exitCode, output) = await RunAsync("restore", "--van", Backup);
        Assert.Equal(1, exitCode);
        Assert.Contains(part, output, StringComparison.Ordinal);
        Assert.Equal(3, await CountAsync(folder.Database));
        Assert.False(File.Exists(folder.Database + SqliteRestore.Previous));
    }

    [Fact]
    public async Task A_second_restore_does_not_replace_what_the_first_has_kept()
    {
        await FillAsync(folder.Database, 1);
        SqliteBackup.Make(folder.Database, Backup, cancellationToken: Cancellation);
        Assert.Equal(0, (await RunAsync("restore", "--van", Backup)).ExitCode);
        var (exitCode, output) = await RunAsync("restore", "--van", Backup);
        Assert.Equal(1, exitCode);
        Assert.Contains("-previous", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-previous-wal")]
    [InlineData("-previous-journal")]
    public async Task A_restore_does_not_replace_a_log_that_an_earlier_one_has_kept(string kept)
    {
        await FillAsync(folder.Database, 1);
        SqliteBackup.Make(folder.Database, Backup, cancellationToken: Cancellation);
        await File.WriteAllTextAsync(folder.Database + kept, "kept", Cancellation);
        var (exitCode, output) = await RunAsync("restore", "--van", Backup);
        Assert.Equal(1, exitCode);
        Assert.Contains($"(the file {kept})", output, StringComparison.Ordinal);
        Assert.Equal("kept", await File.ReadAllTextAsync(folder.Database + kept, Cancellation));
    }

    [Theory]
    [InlineData("-previous", "")]
    [InlineData("-previous-wal", "-wal")]
    [InlineData("-previous-journal", "-journal")]
    public async Task The_second_half_of_a_restore_replaces_no_file_that_came_in_between(string inTheWay, string replaced)
    {
        await FillAsync(folder.Database, 1);
        SqliteBackup.Make(folder.Database, Backup, cancellationToken: Cancellation);
        SqliteRestore.Begin(Backup, folder.Database, cancellationToken: Cancellation);
        if (replaced.Length > 0) await File.WriteAllTextAsync(folder.Database + replaced, "log", Cancellation);
        await File.WriteAllTextAsync(folder.Database + inTheWay, "mine", Cancellation);
        var refusal = Assert.Throws<StoreRefusedException>(() => SqliteRestore.Complete(folder.Database));
        Assert.Equal(SqliteTexts.PreviousIsThere, refusal.Reason.Text);
        Assert.Equal("mine", await File.ReadAllTextAsync(folder.Database + inTheWay, Cancellation));

        File.Delete(folder.Database + inTheWay);
        SqliteRestore.Complete(folder.Database);
        Assert.False(File.Exists(folder.Database + SqliteRestore.Restored));
    }

    /// <remarks>A backup or an export after the crash reads the old store, and SQLite makes a log for it.</remarks>
    [Fact]
    public async Task A_restore_that_was_cut_off_keeps_the_old_log_when_the_store_was_read_meanwhile()
    {
        await FillAsync(folder.Database, 1);
        SqliteBackup.Make(folder.Database, Backup, cancellationToken: Cancellation);
        SqliteRestore.Begin(Backup, folder.Database, cancellationToken: Cancellation);
        await File.WriteAllTextAsync(folder.Database + SqliteRestore.Previous + "-wal", "old log", Cancellation);
        await File.WriteAllBytesAsync(folder.Database + "-wal", [], Cancellation);
        SqliteRestore.Complete(folder.Database);
        Assert.Equal("old log", await File.ReadAllTextAsync(folder.Database + SqliteRestore.Previous + "-wal", Cancellation));
    }

    [Fact]
    public async Task A_store_without_rights_is_replaced_by_one_that_its_owner_can_use()
    {
        if (OperatingSystem.IsWindows()) return;
        await FillAsync(folder.Database, 1);
        SqliteBackup.Make(folder.Database, Backup, cancellationToken: Cancellation);
        File.SetUnixFileMode(folder.Database, UnixFileMode.None);
        Assert.Equal(0, (await RunAsync("restore", "--van", Backup)).ExitCode);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Database));
    }

    [Fact]
    public async Task A_backup_is_restored_where_there_is_no_store()
    {
        await FillAsync(folder.Database, 2);
        SqliteBackup.Make(folder.Database, Backup, cancellationToken: Cancellation);
        File.Delete(folder.Database);
        Assert.Equal((0, "The backup is the store now."), await RunAsync("restore", "--van", Backup));
        Assert.Equal(2, await CountAsync(folder.Database));
    }

    /// <remarks>Each is a state that the files pass through; the log is that of the store that is replaced.</remarks>
    [Theory]
    [InlineData(false, true, true, 5)]
    [InlineData(true, true, true, 2)]
    [InlineData(true, false, true, 2)]
    [InlineData(true, false, false, 2)]
    public async Task A_restore_that_is_cut_off_leaves_the_old_store_or_the_new_one(bool isDecided, bool hasLog, bool hasOld, int klanten)
    {
        await FillAsync(folder["first.db"], 2);
        SqliteBackup.Make(folder["first.db"], Backup, cancellationToken: Cancellation);
        using (var used = new SqliteDatabase(new() { Pad = folder["old.db"] }))
        {
            await FillAsync(used, 5);
            File.Copy(folder["old.db"], folder.Database);
            File.Copy(folder["old.db-wal"], folder.Database + "-wal");
        }
        if (isDecided) SqliteRestore.Begin(Backup, folder.Database, cancellationToken: Cancellation);
        if (!hasLog) File.Move(folder.Database + "-wal", folder.Database + SqliteRestore.Previous + "-wal");
        if (!hasOld) File.Move(folder.Database, folder.Database + SqliteRestore.Previous);

        Assert.Equal(klanten, await CountAsync(folder.Database));
        if (isDecided) Assert.Equal(5, await CountAsync(folder.Database + SqliteRestore.Previous));
    }

    private string[] Unfinished() => Directory.GetFiles(folder.Path, "*.part*");

    private async Task MakeAsync(string kind)
    {
        switch (kind)
        {
            case "missing":
                break;
            case "empty":
                File.WriteAllBytes(Backup, []);
                break;
            case "a text":
                await File.WriteAllTextAsync(Backup, new string('x', 10_000), Cancellation);
                break;
            case "of another program":
                using (var other = new SqliteSession(Backup, SessionKind.Plain)) other.Script("CREATE TABLE other (id INTEGER)");
                break;
            default:
                await FillAsync(Backup, 200);
                if (kind == "damaged") Overwrite(Backup, 0.6);
                if (kind == "with a log") await File.WriteAllTextAsync(Backup + "-wal", "log", Cancellation);
                if (kind == "of a newer program")
                {
                    using var newer = new SqliteSession(Backup, SessionKind.Plain);
                    newer.Script($"PRAGMA user_version = {SqliteSchema.Version + 1}");
                }
                break;
        }
    }

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] args) =>
        await KlantenProgram.RunAsync(folder.Path, Settings, args);

    private string[] Databases() => [.. Directory.GetFiles(folder.Path, "*.db").Select(Path.GetFileName).Order()!];

    private async Task FillAsync(string path, int klanten)
    {
        using var database = new SqliteDatabase(new() { Pad = path });
        await FillAsync(database, klanten);
    }

    private async Task FillAsync(SqliteDatabase database, int klanten)
    {
        for (var i = 0; i < klanten; i++)
        {
            var commit = Creation(Klant(rsin, $"{i}"), KlantId.New(rsin), DateTimeOffset.UnixEpoch.AddSeconds(i));
            Assert.Equal(CommitResult.Committed, await new SqliteKlantStore(database).CommitAsync(commit, Cancellation));
        }
    }

    private static async Task<long> CountAsync(string path)
    {
        using var database = new SqliteDatabase(new() { Pad = path });
        return (await new SqliteKlantStore(database).ListAsync(KlantFilter.None, PageRequest.First, Cancellation))!.Count;
    }

    private static void Overwrite(string path, double place)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.Position = (long)(file.Length * place);
        file.Write(Enumerable.Repeat((byte)0xFF, 4 * SessionKind.PageSize).ToArray());
    }
}
