using System.Globalization;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Storage.Kills;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>
/// The program is killed at random moments while many consumers write at the same time, several times on the same file.
/// After each restart every answered write is there, and each write without an answer is there whole or not at all.
/// <c>scripts/kill-test.sh</c> does it for as many kills as asked, a new file after each <see cref="KillsOfAFile"/>.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int KillsOfAFile = 20;
    private const int CountWriters = 16;

    private static readonly int Kills = Effort.Rounds("KLANTEN_KILL_ROUNDS", inSuite: 6);

    [Fact]
    public async Task Every_answered_write_is_there_though_the_process_is_killed_under_load()
    {
        for (var left = Kills; left > 0; left -= KillsOfAFile)
            await KillAsync(Math.Min(left, KillsOfAFile));
    }

    private async Task KillAsync(int kills)
    {
        using var folder = new TempFolder();
        var settings = new Dictionary<string, string?>(Applications.Settings)
        {
            ["Klanten:Sqlite:Pad"] = folder.Database,
            ["Klanten:PubliekeUrl"] = WritingConsumer.PublicUrl,
        };
        var writers = new Writers(CountWriters);
        var ledger = writers.Ledger;
        for (var kill = 0; kill <= kills; kill++)
        {
            await using var program = await KlantenProgram.StartAsync(folder.Path, settings);
            using var client = ApiClient.Create(program.Root);
            await writers.CompareAsync(client);
            if (kill < kills) await writers.LoadAndKillAsync(program, client, Random.Shared.Next(100, 500));
            else await GenerateNumbersAsync(client, writers);
        }

        var inDatabase = new FileInfo(folder.Database).Length >> 10;
        var inLog = new FileInfo(folder.Database + "-wal").Length >> 10;
        var (integrity, orphans) = Inspect(folder.Database);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{kills} kills, {writers}. " +
            $"{ledger.GeneratedNumbers} generated klantnummers. {ledger.Faults.Count} lost, torn or doubled. " +
            $"{inDatabase} KB in the database, {inLog} KB in its log."));
        Assert.Empty(ledger.Faults);
        Assert.Equal(0, ledger.CountUnavailable);
        Assert.Equal(("ok", 0), (integrity, orphans));
        Assert.Equal(ledger.CountSent, ledger.CountAnswered + writers.CountUnanswered);
    }

    /// <summary>A number that was generated before a kill is not generated again after it, even if its klant is lost.</summary>
    private static async Task GenerateNumbersAsync(HttpClient client, Writers writers)
    {
        foreach (var bronorganisatie in writers.Ledger.Bronorganisaties)
        {
            for (var i = 0; i < 3; i++) Assert.True(await writers.First.CreateAsync(client, bronorganisatie, withNumber: false));
        }
    }

    /// <summary>Checks the file itself for what the API does not show.</summary>
    private static (string Integrity, long? Orphans) Inspect(string database)
    {
        using var session = new SqliteSession(database);
        using var integrity = session.Prepare("PRAGMA integrity_check");
        Assert.True(integrity.Step());
        return (integrity.Text(0), session.Number("SELECT count(*) FROM audit WHERE klant NOT IN (SELECT sequence FROM klant)"));
    }
}
