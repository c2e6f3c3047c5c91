using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;
using SQLitePCL;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary><c>controleren</c>, as an administrator types it: each thing that can be wrong in a store is found and named.</summary>
public sealed class CheckTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly string rsin = Rsin();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_store_of_klanten_that_were_created_changed_moved_and_deleted_is_sound()
    {
        await FillAsync();
        Assert.Equal((0, "The store is sound."), await CheckAsync());
    }

    /// <remarks>The check of the full-text index writes. A superuser may write to a file without rights, but not by this session.</remarks>
    [Fact]
    public async Task A_store_that_may_not_be_written_is_not_said_to_be_unsound()
    {
        await FillAsync();
        using var session = new SqliteSession(folder.Database, SessionKind.Reader);
        var check = new SqliteCheck(session, finding => Assert.Fail($"{finding}"), _ => { });
        Assert.Equal(raw.SQLITE_READONLY, Assert.Throws<SqliteException>(check.Run).PrimaryCode);
    }

    [Fact]
    public async Task An_empty_store_is_sound()
    {
        new SqliteDatabase(new() { Pad = folder.Database }).Dispose();
        Assert.Equal((0, "The store is sound."), await CheckAsync());
    }

    [Theory]
    [InlineData("UPDATE klant_count SET count = count + 1 WHERE bronorganisatie = ''", "The count of all klanten is ")]
    [InlineData("UPDATE klant_count SET count = count - 1 WHERE bronorganisatie <> ''", "The count of bronorganisatie ")]
    [InlineData("DELETE FROM klant_count", "The count of all klanten is 0")]
    [InlineData("UPDATE klant_count_by_block SET count = count + 1", "Of all klanten 3 blocks have another count")]
    [InlineData("DROP INDEX klant_inp_bsn", "The table or index klant_inp_bsn is missing")]
    [InlineData("DROP TABLE klant_search", "The table or index klant_search is missing")]
    [InlineData("UPDATE klant SET emailadres = 'geheim@example.com'", "The full-text index of email addresses, telephone numbers")]
    [InlineData("INSERT INTO klant_search (klant_search) VALUES ('delete-all')", "The full-text index of email addresses, telephone")]
    [InlineData("UPDATE klant SET achternaam = 'Geheim'", "The column achternaam of klant ")]
    [InlineData("UPDATE klant SET inp_bsn = NULL", "The column inp_bsn of klant ")]
    [InlineData("UPDATE klant SET json = x'7b'", "The JSON of klant ")]
    [InlineData("INSERT INTO audit SELECT NULL, 999, uuid, actie, aanmaakdatum, '', '', '', '', '', '', '', NULL FROM audit LIMIT 1",
        "1 audit entries are of no klant")]
    [InlineData("DELETE FROM audit", "has 0 entries, and it was written ")]
    [InlineData("UPDATE audit SET oud = x'7b' WHERE oud IS NOT NULL", "The state before audit entry ")]
    [InlineData("UPDATE audit SET oud = NULL", "is not at its place in the trail")]
    [InlineData("INSERT INTO klant_count VALUES ('999990639', 0, -1)",
        "The counter of klantnummers of bronorganisatie 999990639 is -1")]
    [InlineData("UPDATE outbox SET klant = x'00'", "notifications in the outbox cannot be delivered")]
    [InlineData("UPDATE outbox SET head = 0", "notifications in the outbox are not at their turn")]
    [InlineData("DELETE FROM outbox", "The count of notifications that are waiting is ")]
    [InlineData("UPDATE outbox_count SET count = 3 WHERE state = 'parked'; INSERT OR IGNORE INTO outbox_count VALUES ('parked', 3)",
        "The count of notifications that are parked is 3, and there are 0")]
    public async Task A_fault_is_found_and_named_without_personal_data(string fault, string finding)
    {
        await FillAsync();
        Script(fault);
        var (exitCode, output) = await CheckAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains(finding, output, StringComparison.Ordinal);
        Assert.Contains("The store is not sound: ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Geheim", output, StringComparison.Ordinal);
        Assert.DoesNotContain("ngström", output, StringComparison.Ordinal);
        Spoken.AssertEnglish(output);
        var (_, dutch) = await CheckAsync("nl");
        Assert.Equal(output.Split('\n').Length, Spoken.AssertDutch(dutch).Split('\n').Length);
        Assert.Contains("De opslag is niet gaaf: ", dutch, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_index_that_differs_from_its_table_is_found()
    {
        await FillAsync();
        Empty("klant_bronorganisatie");
        var (exitCode, output) = await CheckAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains("klant_bronorganisatie", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_counts_and_a_wrong_full_text_index_are_mended_when_asked()
    {
        await FillAsync();
        Script(
            """
            UPDATE klant_count SET count = 7, last_number = 34;
            DELETE FROM klant_count_by_block;
            DELETE FROM outbox_count;
            INSERT INTO klant_search (klant_search) VALUES ('delete-all')
            """);
        Assert.Equal(1, (await CheckAsync()).ExitCode);
        Assert.Equal((0, "The store is sound."), await CheckAsync("en", "--herstel-tellingen"));
        Assert.Equal((0, "The store is sound."), await CheckAsync());
        using var session = new SqliteSession(folder.Database);
        Assert.Equal(34, session.Number("SELECT min(last_number) FROM klant_count"));
    }

    [Theory]
    [InlineData("DROP TABLE klant_search")]
    [InlineData("DROP TABLE klant_search; DROP VIEW klant_words")]
    public async Task A_full_text_index_that_is_missing_is_made_when_asked(string fault)
    {
        await FillAsync();
        Script(fault);
        Assert.Equal((0, "The store is sound."), await CheckAsync("en", "--herstel-tellingen"));
    }

    [Fact]
    public async Task Without_a_store_there_is_nothing_to_check()
    {
        var (exitCode, output) = await CheckAsync();
        Assert.Equal(1, exitCode);
        Assert.Contains("no database to check", output, StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Database));
    }

    [Fact]
    public async Task What_is_no_database_is_a_sentence()
    {
        await File.WriteAllTextAsync(folder.Database, new string('x', 10_000), Cancellation);
        Assert.Equal((1, "That is not possible: the file is no database (SQLite 26)."), await CheckAsync());
    }

    private Task<(int ExitCode, string Output)> CheckAsync(string language = "en", params string[] args) => KlantenProgram.RunAsync(
        folder.Path,
        new Dictionary<string, string?> { ["Klanten:Sqlite:Pad"] = folder.Database, ["LC_ALL"] = language },
        ["controleren", .. args]);

    private async Task FillAsync()
    {
        using var database = new SqliteDatabase(new() { Pad = folder.Database });
        var (store, now, other) = (new SqliteKlantStore(database), DateTimeOffset.UnixEpoch, Rsin());
        for (var i = 0; i < 4; i++)
        {
            var id = KlantId.New(rsin);
            await CommitAsync(Creation(Klant(rsin, $"{10000001 + i}"), id, now = now.AddSeconds(1)));
            await CommitAsync(StoreData.Change(await ReadAsync(id), k => k with { Functie = "Smid" }, now = now.AddSeconds(1)));
            if (i == 1) await CommitAsync(StoreData.Change(await ReadAsync(id), k => k with { Bronorganisatie = other }, now));
            if (i == 2) await CommitAsync(Deletion(await ReadAsync(id), now));
        }

        async Task<StoredKlant> ReadAsync(KlantId id) => (await store.ReadAsync(id, Cancellation))!;

        async Task CommitAsync(KlantCommit commit) =>
            Assert.Equal(CommitResult.Committed, await store.CommitAsync(commit, Cancellation));
    }

    private void Script(string sql)
    {
        using var session = new SqliteSession(folder.Database);
        session.Script(sql);
    }

    /// <summary>Leaves an index without entries, as a lost write of its page might.</summary>
    private void Empty(string index)
    {
        long page;
        using (var session = new SqliteSession(folder.Database, SessionKind.Plain))
        {
            page = session.Number("SELECT rootpage FROM sqlite_schema WHERE name = ?1", index)!.Value;
        }
        using var file = new FileStream(folder.Database, FileMode.Open, FileAccess.Write);
        // The number of cells is in bytes 3 and 4 of the page (sqlite.org/fileformat2.html, 1.6).
        file.Position = ((page - 1) * SessionKind.PageSize) + 3;
        file.Write([0, 0]);
    }
}
