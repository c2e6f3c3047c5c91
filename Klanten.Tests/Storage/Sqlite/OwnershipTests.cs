using System.Globalization;
using Klanten.Functions.Storage;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Hosting;
using Klanten.Tests.Hosting.FunctionsHost;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>One process at a time owns a database file, under whatever name the file is opened (ADR 19).</summary>
public sealed class OwnershipTests(PublishedProgram published) : IDisposable
{
    private const string Sentence = "is in use by another process (process ";

    private readonly TempFolder folder = new();

    private Dictionary<string, string?> Settings => new(Applications.Settings) { ["Klanten:Sqlite:Pad"] = folder.Database };

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_in_use_is_refused_with_a_sentence_that_names_its_owner()
    {
        using var owner = Open(folder.Database);
        var message = Assert.Throws<StoreRefusedException>(() => Open(folder.Database)).Message;
        Assert.Contains($"{Sentence}{Environment.ProcessId}, version 0.1.0", message, StringComparison.Ordinal);
        Assert.Matches(@", since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\)", message);
    }

    [Fact]
    public async Task The_owner_writes_on_after_a_second_was_refused()
    {
        using var owner = Open(folder.Database);
        Assert.Throws<StoreRefusedException>(() => Open(folder.Database));
        var written = await owner.WriteAsync(
            transaction => transaction.Session.Execute("INSERT INTO klant_count VALUES ('999990639', 0, 0)"),
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(1, written);
        Assert.Throws<StoreRefusedException>(() => Open(folder.Database));
    }

    [Fact]
    public void A_file_that_was_closed_opens_again()
    {
        Open(folder.Database).Dispose();
        Open(folder.Database).Dispose();
    }

    [Fact]
    public void A_link_to_the_file_is_the_file()
    {
        using var owner = Open(folder.Database);
        File.CreateSymbolicLink(folder["link.db"], folder.Database);
        File.CreateSymbolicLink(folder["second.db"], folder["link.db"]);
        var other = Directory.CreateSymbolicLink(folder["other"], folder.Path).FullName;
        string[] names = [folder["link.db"], folder["second.db"], Path.Combine(other, "klanten.db"), Path.Combine(other, "link.db")];
        Assert.All(names, name => Assert.Contains(
            Sentence, Assert.Throws<StoreRefusedException>(() => Open(name)).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void The_owner_of_a_link_owns_the_file()
    {
        File.CreateSymbolicLink(folder["link.db"], folder.Database);
        using var owner = Open(folder["link.db"]);
        Assert.Throws<StoreRefusedException>(() => Open(folder.Database));
        Assert.True(File.Exists(folder.Database));
    }

    [Fact]
    public void A_relative_path_is_the_same_file()
    {
        using var owner = Open(Path.GetRelativePath(Environment.CurrentDirectory, folder.Database));
        Assert.Throws<StoreRefusedException>(() => Open(folder.Database));
    }

    [Fact]
    public async Task A_file_with_a_hard_link_is_refused_whether_or_not_it_is_in_use()
    {
        Open(folder.Database).Dispose();
        Assert.Equal((0, ""), await ChildProcess.RunAsync("ln", [folder.Database, folder["other.db"]], folder.Path));
        foreach (var name in (string[])[folder.Database, folder["other.db"]])
        {
            Assert.Contains("hard links", Assert.Throws<StoreRefusedException>(() => Open(name)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_lock_file_that_cannot_be_locked_is_a_refusal()
    {
        Directory.CreateDirectory(folder.Database + SqliteOwnership.Suffix);
        var message = Assert.Throws<StoreRefusedException>(() => Open(folder.Database)).Message;
        Assert.Contains("cannot be locked", message, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Database));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_with_what_to_do()
    {
        await File.WriteAllTextAsync(folder.Database, new string('x', 10_000), TestContext.Current.CancellationToken);
        var (exitCode, output) = await KlantenProgram.RunAsync(folder.Path, Settings);
        Assert.Equal(1, exitCode);
        Assert.Contains("the file is no database (SQLite 26). The database is damaged", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("notificaties-hervatten")]
    public async Task A_second_program_or_a_command_that_writes_says_who_has_the_file_and_ends(params string[] args)
    {
        await using var first = await KlantenProgram.StartAsync(folder.Path, Settings);
        using var client = ApiClient.Create(first.Root);
        await client.CreateAsync();

        var (exitCode, output) = await KlantenProgram.RunAsync(folder.Path, Settings, args);

        Assert.Equal(1, exitCode);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{Sentence}{first.Id}, "), output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        await client.CreateAsync();
    }

    [Fact]
    public async Task A_second_program_under_a_Functions_host_says_so_too()
    {
        using var owner = Open(folder.Database);
        string output;
        try
        {
            await using var host = await FunctionsHostDouble.StartAsync(await published.FolderAsync(), Settings);
            await Eventually.TrueAsync(() => host.Output.Contains(Sentence, StringComparison.Ordinal), "the worker says so");
            output = host.Output;
        }
        catch (InvalidOperationException ended)
        {
            output = ended.Message;
        }
        Assert.Contains(Sentence, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kill_releases_the_file()
    {
        await using (var first = await KlantenProgram.StartAsync(folder.Path, Settings))
        {
            using var client = ApiClient.Create(first.Root);
            await client.CreateAsync();
            await first.KillAsync();
        }
        using var second = Open(folder.Database);
    }

    /// <remarks>A program of version 3 knows no lock. While it runs it has the file open, and afterwards it refuses version 4.</remarks>
    [Fact]
    public void A_file_does_not_get_the_schema_while_an_older_program_has_it_open()
    {
        Open(folder.Database).Dispose();
        using (var older = new SqliteSession(folder.Database))
        {
            older.Script(
                """
                CREATE TABLE klant_block_count (bronorganisatie TEXT, block INTEGER, count INTEGER, PRIMARY KEY (bronorganisatie, block));
                PRAGMA application_id = 0;
                PRAGMA user_version = 3
                """);
            var message = Assert.Throws<StoreRefusedException>(() => Open(folder.Database)).Message;
            Assert.Contains("an older version of this program", message, StringComparison.Ordinal);
            Assert.Equal(3, older.Number("PRAGMA user_version"));
        }
        Open(folder.Database).Dispose();
        using var after = new SqliteSession(folder.Database);
        Assert.Equal(SqliteSchema.Version, after.Number("PRAGMA user_version"));
    }

    private static SqliteDatabase Open(string path) => new(new() { Pad = path });
}
