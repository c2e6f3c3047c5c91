using System.Globalization;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>
/// The program is killed at random moments while many write at the same time, again and again on the same file. Each time
/// it comes back with every write that it answered, and with those that it did not answer whole or not at all.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Kills = 6;
    private const int Writers = 16;

    private readonly WriteLedger ledger = new();
    private int made;
    private int notMade;

    [Fact]
    public async Task Every_answered_write_is_there_though_the_process_is_killed_under_load()
    {
        using var folder = new TempFolder();
        var settings = new Dictionary<string, string?>(Applications.Settings)
        {
            ["Klanten:Sqlite:Pad"] = folder.Database,
            ["Klanten:PubliekeUrl"] = KlantenWriter.PublicUrl,
        };
        var writers = Enumerable.Range(0, Writers).Select(_ => new KlantenWriter(ledger)).ToList();
        for (var kill = 0; kill <= Kills; kill++)
        {
            await using var program = await KlantenProgram.StartAsync(folder.Path, settings);
            using var client = ApiClient.Create(program.Root);
            await CompareAsync(client, writers);
            if (kill < Kills) await LoadAndKillAsync(program, client, writers);
            else await GoOnNumberingAsync(client, writers[0]);
        }

        var (inDatabase, inLog) = (new FileInfo(folder.Database).Length >> 10, new FileInfo(folder.Database + "-wal").Length >> 10);
        var (integrity, orphans) = Look(folder.Database);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Kills} kills, {ledger.CountSent} writes of {writers.Sum(w => w.Klanten.Count)} klanten by {Writers} writers: {ledger.CountAnswered} answered, {made + notMade} without an answer " +
            $"({made} made, {notMade} not). {ledger.GeneratedNumbers} generated klantnummers. {ledger.Faults.Count} lost, torn or doubled. {inDatabase} KB in the database, {inLog} KB in its log."));
        Assert.Empty(ledger.Faults);
        Assert.Equal(("ok", 0), (integrity, orphans));
        Assert.Equal(ledger.CountSent, ledger.CountAnswered + made + notMade);
    }

    private async Task LoadAndKillAsync(KlantenProgram program, HttpClient client, List<KlantenWriter> writers)
    {
        var enough = ledger.SentAsync(Random.Shared.Next(100, 500));
        var load = Task.WhenAll(writers.Select(w => w.WriteUntilItDiesAsync(client)));
        await Task.WhenAny(enough, load);
        await program.KillAsync();
        await load;
    }

    private async Task CompareAsync(HttpClient client, List<KlantenWriter> writers)
    {
        var listed = await Restarted.ListAsync(client, ledger);
        foreach (var stray in listed.Keys.Except(writers.SelectMany(w => w.Klanten).Select(k => k.Mark))) ledger.Fault($"{stray}: nobody wrote it.");
        foreach (var settled in await Task.WhenAll(writers.Select(w => w.SettleAsync(client, listed))))
            (made, notMade) = (made + settled.Made, notMade + settled.NotMade);
    }

    /// <summary>Numbers that were given out before a kill, to klanten that may be gone, do not come back after it.</summary>
    private async Task GoOnNumberingAsync(HttpClient client, KlantenWriter writer)
    {
        foreach (var bronorganisatie in ledger.Bronorganisaties)
            for (var i = 0; i < 3; i++) Assert.True(await writer.CreateAsync(client, bronorganisatie, withNumber: false));
    }

    /// <summary>The file itself, in which there may be what the API does not show.</summary>
    private static (string Integrity, long? Orphans) Look(string database)
    {
        using var session = new SqliteSession(database);
        using var integrity = session.Prepare("PRAGMA integrity_check");
        Assert.True(integrity.Step());
        return (integrity.Text(0), session.Number("SELECT count(*) FROM audit WHERE klant NOT IN (SELECT sequence FROM klant)"));
    }
}
