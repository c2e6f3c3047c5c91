using System.Diagnostics;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Migration;
using Klanten.Tests.Support;

namespace Klanten.Tests.Commands;

/// <summary>What a long command does when it is asked to stop, by Ctrl-C, by kill, or by a terminal that closes.</summary>
public sealed class StopTests : IDisposable
{
    /// <summary>Makes the check of a store, or of a copy of it, take some time.</summary>
    private const string Ballast =
        """
        CREATE TABLE ballast (value BLOB UNIQUE);
        INSERT INTO ballast
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000) SELECT randomblob(32) FROM n
        """;

    private readonly TempFolder folder = new();
    private readonly List<FileSystemWatcher> watchers = [];

    private Dictionary<string, string?> Settings => new()
    {
        ["Klanten:Sqlite:Pad"] = folder.Database,
        ["Klanten:Importeren:Secret"] = Applications.Alles.Secret,
    };

    public void Dispose()
    {
        foreach (var watcher in watchers) watcher.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("HUP")]
    public async Task A_backup_that_is_asked_to_stop_says_so_and_leaves_nothing(string signal)
    {
        MakeLargeStore();
        await using var command = BeginAndSend(signal, "*.part", "backup", "--naar", folder["backup.db"]);
        Assert.Equal((1, "Stopped; no backup was made."), await command.EndAsync());
        Assert.False(File.Exists(folder["backup.db"]));
        Assert.Empty(Unfinished());
    }

    [Fact]
    public async Task A_restore_that_is_asked_to_stop_leaves_the_store_as_it_was()
    {
        MakeLargeStore();
        SqliteBackup.Make(folder.Database, folder["backup.db"], cancellationToken: TestContext.Current.CancellationToken);
        await using var command = BeginAndSend("TERM", "*.part", "restore", "--van", folder["backup.db"]);
        Assert.Equal((1, "Stopped; the store is as it was."), await command.EndAsync());
        Assert.False(File.Exists(folder.Database + SqliteRestore.Previous));
        Assert.Empty(Unfinished());
    }

    [Fact]
    public async Task A_check_that_is_asked_to_stop_does_not_say_that_the_store_is_sound()
    {
        MakeLargeStore();
        await using var command = BeginAndSend("TERM", "*-shm", "controleren");
        Assert.Equal((1, "Stopped; not everything was checked, and nothing was mended."), await command.EndAsync());
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    public async Task An_import_that_is_asked_to_stop_says_how_far_it_is(string signal)
    {
        await using var there = await FakeApi.StartAsync();
        var held = Hold(there, "3");
        await using var command = Import(there);
        await held.WaitAsync(TestContext.Current.CancellationToken);
        await command.SendAsync(signal);
        var (exitCode, output) = await command.EndAsync();
        Assert.Equal(1, exitCode);
        // The page before the one that is not answered may still be on its way.
        Assert.Matches("^Stopped: [12]00 klanten added, 0 were here already, 0 refused. The same command goes on from there.$", output);
    }

    /// <remarks>SQLite waits half a minute for the lock, and asks nothing meanwhile.</remarks>
    [Fact]
    public async Task A_second_signal_ends_a_command_that_does_not_stop()
    {
        new SqliteDatabase(new() { Pad = folder.Database }).Dispose();
        using var other = new SqliteSession(folder.Database, SessionKind.Exclusive);
        other.Script("BEGIN EXCLUSIVE");
        await using var command = KlantenProgram.Begin(folder.Path, Settings, "backup", "--naar", folder["backup.db"]);
        await Eventually.TrueAsync(() => Unfinished().Length > 0, "the backup waits for the store");
        await Eventually.TrueAsync(
            async () =>
            {
                await command.SendAsync("TERM");
                return command.HasExited;
            },
            "the command ends",
            TimeSpan.FromSeconds(15));
        Assert.Equal((143, ""), await command.EndAsync());
    }

    /// <summary>
    /// Begins a command that makes a file, and sends it a signal as soon as the file is there. The system itself tells of the file: to
    /// look for it now and then, beside many other tests, could come after the command has ended.
    /// </summary>
    private KlantenProgram BeginAndSend(string signal, string file, params string[] args)
    {
        var begun = new TaskCompletionSource<int>();
        var watcher = new FileSystemWatcher(folder.Path, file);
        // A second signal would end the command, and the files that SQLite makes beside a database come and go.
        var signals = 0;
        watcher.Created += (_, _) =>
        {
            if (signals++ == 0) Process.Start("kill", [$"-{signal}", $"{begun.Task.Result}"]).Dispose();
        };
        watcher.EnableRaisingEvents = true;
        watchers.Add(watcher);
        var command = KlantenProgram.Begin(folder.Path, Settings, args);
        begun.SetResult(command.Id);
        return command;
    }

    private KlantenProgram Import(FakeApi there) =>
        KlantenProgram.Begin(folder.Path, Settings, "importeer", "--bron", there.Root, "--client", Applications.Alles.ClientId);

    /// <summary>The source does not answer a page; completed when it was asked for.</summary>
    private static Task Hold(FakeApi there, string page)
    {
        var reached = new TaskCompletionSource();
        there.Answer = async http =>
        {
            if (http.Request.Query["page"] != page)
            {
                await ApiSourceTests.Pages(450)(http);
                return;
            }
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted);
        };
        return reached.Task;
    }

    private void MakeLargeStore()
    {
        new SqliteDatabase(new() { Pad = folder.Database }).Dispose();
        using var session = new SqliteSession(folder.Database, SessionKind.Plain);
        session.Script(Ballast);
    }

    private string[] Unfinished() => Directory.GetFiles(folder.Path, "*.part");
}
