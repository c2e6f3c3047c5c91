using Klanten.Core.Model;
using Klanten.Functions.Storage;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>A file with another schema is refused at open, with a sentence that says what to do, and is left as it was.</summary>
public sealed class SchemaTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_file_of_before_the_first_release_is_refused_and_its_message_says_how_to_carry_the_data_over(int version)
    {
        Script($"CREATE TABLE klant (volgnr INTEGER PRIMARY KEY); CREATE TABLE telling (aantal INTEGER); PRAGMA user_version = {version}");
        var message = Assert.Throws<StoreRefusedException>(Open).Message;
        Assert.Contains($"schema version {version} ", message, StringComparison.Ordinal);
        Assert.Contains("copy its klanten over the API, or start with a new file", message, StringComparison.Ordinal);
        Assert.Equal((version, 2), Inspect());
    }

    [Fact]
    public void A_file_of_a_newer_program_is_refused()
    {
        Open();
        var tables = Inspect().Tables;
        Script($"PRAGMA user_version = {SqliteSchema.Version + 1}");
        var message = Assert.Throws<StoreRefusedException>(Open).Message;
        Assert.Contains($"schema version {SqliteSchema.Version + 1}, made by a newer program", message, StringComparison.Ordinal);
        Assert.Equal((SqliteSchema.Version + 1, tables), Inspect());
    }

    [Fact]
    public void A_file_of_another_program_is_refused()
    {
        Script("CREATE TABLE other (id INTEGER PRIMARY KEY)");
        var message = Assert.Throws<StoreRefusedException>(Open).Message;
        Assert.Contains("made by another program", message, StringComparison.Ordinal);
        Assert.Equal((0, 1), Inspect());
    }

    [Fact]
    public void A_new_file_gets_the_schema_and_opens_again()
    {
        Open();
        var made = Inspect();
        Open();
        Assert.Equal(SqliteSchema.Version, made.Version);
        Assert.Equal(made, Inspect());
    }

    [Fact]
    public void The_outbox_of_version_3_is_taken_over()
    {
        Open();
        Script(
            """
            DROP TABLE outbox; DROP TABLE parked; DROP TABLE outbox_count;
            CREATE TABLE notificatie (sequence INTEGER PRIMARY KEY AUTOINCREMENT, klant BLOB NOT NULL, hoofd_object TEXT NOT NULL,
                actie INTEGER NOT NULL, aanmaakdatum INTEGER NOT NULL, subject_type TEXT, attempts INTEGER NOT NULL DEFAULT 0,
                not_before INTEGER NOT NULL DEFAULT 0, parked INTEGER NOT NULL DEFAULT 0) STRICT;
            INSERT INTO notificatie (sequence, klant, hoofd_object, actie, aanmaakdatum, attempts, not_before, parked) VALUES
                (3, x'01', 'a', 0, 1, 40, 9, 1), (4, x'01', 'b', 1, 2, 2, 9, 0), (5, x'01', 'c', 1, 3, 0, 0, 0),
                (6, x'02', 'd', 0, 4, 40, 9, 1);
            PRAGMA user_version = 3
            """);
        Open();
        using var session = new SqliteSession(folder.Database);
        Assert.Equal(2, session.Number("SELECT count FROM outbox_count WHERE state = 'waiting'"));
        Assert.Equal(2, session.Number("SELECT count FROM outbox_count WHERE state = 'parked'"));
        Assert.Equal(4, session.Number("SELECT sequence FROM outbox WHERE head = 1"));
        Assert.Equal(2, session.Number("SELECT attempts FROM outbox WHERE head = 1 AND not_before = 9"));
        // A new notification must not get the place of a parked one, which may come back.
        session.Script("INSERT INTO outbox (klant, hoofd_object, actie, aanmaakdatum, head) VALUES (x'03', 'e', 0, 5, 1)");
        Assert.Equal(7, session.LastRowId);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void The_last_numbers_of_an_earlier_version_are_taken_over(int version)
    {
        Open();
        Script(
            $"""
            ALTER TABLE klant_count DROP COLUMN last_number;
            INSERT INTO klant_count VALUES ('', 12), ('999990639', 12);
            CREATE TABLE klantnummer_counter (bronorganisatie TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
            INSERT INTO klantnummer_counter VALUES ('999990639', 34), ('111222333', 5);
            PRAGMA user_version = {version}
            """);
        Open();
        using var session = new SqliteSession(folder.Database);
        Assert.Equal((12, 34), (session.Number("SELECT count FROM klant_count WHERE bronorganisatie = '999990639'"),
            SqliteQueries.LastNumber(session, "999990639")));
        Assert.Equal((0, 5), (session.Number("SELECT count FROM klant_count WHERE bronorganisatie = '111222333'"),
            SqliteQueries.LastNumber(session, "111222333")));
        Assert.Equal(SqliteSchema.Version, session.Number("PRAGMA user_version"));
    }

    [Fact]
    public void An_index_of_version_5_is_made_anew_with_the_bronorganisatie()
    {
        Open();
        Script(
            """
            DROP INDEX klant_inp_bsn;
            CREATE INDEX klant_inp_bsn ON klant (inp_bsn) WHERE inp_bsn IS NOT NULL;
            PRAGMA user_version = 5
            """);
        Open();
        using var session = new SqliteSession(folder.Database);
        Assert.Equal(
            "inp_bsn,bronorganisatie", session.Text("SELECT group_concat(name) FROM pragma_index_info('klant_inp_bsn')"));
        Assert.Equal(SqliteSchema.Version, session.Number("PRAGMA user_version"));
    }

    [Fact]
    public async Task Klanten_of_version_7_are_found_by_the_full_text_index_instead_of_an_index_of_each_field()
    {
        var klant = StoreData.Klant(StoreData.Rsin());
        using (var database = new SqliteDatabase(new() { Pad = folder.Database }))
        {
            var creation = StoreData.Creation(klant, KlantId.New(klant.Bronorganisatie), DateTimeOffset.UnixEpoch);
            await new SqliteKlantStore(database).CommitAsync(creation, TestContext.Current.CancellationToken);
        }
        Script(
            """
            DROP TABLE klant_search;
            DROP VIEW klant_words;
            CREATE INDEX klant_emailadres ON klant (emailadres) WHERE emailadres IS NOT NULL;
            PRAGMA user_version = 7
            """);
        using var opened = new SqliteDatabase(new() { Pad = folder.Database });
        var filter = new KlantFilter([(FilterFields.Emailadres, klant.Emailadres)]);
        var found = await new SqliteKlantStore(opened).ListAsync(filter, PageRequest.First, TestContext.Current.CancellationToken);
        Assert.Equal(1, found!.Count);
        Assert.Null(opened.Read(session => session.Number("SELECT 1 FROM sqlite_schema WHERE name = 'klant_emailadres'")));
    }

    [Fact]
    public void Only_the_conversion_of_an_older_file_is_logged()
    {
        Assert.Empty(LogTests.LinesOfOpening(folder.Database));
        Script("PRAGMA user_version = 7");
        var line = Assert.Single(LogTests.LinesOfOpening(folder.Database));
        Assert.Contains($"version 7 and is converted to version {SqliteSchema.Version}", line, StringComparison.Ordinal);
        Assert.Empty(LogTests.LinesOfOpening(folder.Database));
    }

    private void Open() => new SqliteDatabase(new() { Pad = folder.Database }).Dispose();

    private void Script(string sql)
    {
        using var session = new SqliteSession(folder.Database);
        session.Script(sql);
    }

    private (long? Version, long? Tables) Inspect()
    {
        using var session = new SqliteSession(folder.Database);
        return (session.Number("PRAGMA user_version"), session.Number("SELECT count(*) FROM sqlite_schema WHERE type = 'table'"));
    }
}
