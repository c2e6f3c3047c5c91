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
        var message = Assert.Throws<InvalidOperationException>(Open).Message;
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
        var message = Assert.Throws<InvalidOperationException>(Open).Message;
        Assert.Contains($"schema version {SqliteSchema.Version + 1}, made by a newer program", message, StringComparison.Ordinal);
        Assert.Equal((SqliteSchema.Version + 1, tables), Inspect());
    }

    [Fact]
    public void A_file_of_another_program_is_refused()
    {
        Script("CREATE TABLE other (id INTEGER PRIMARY KEY)");
        var message = Assert.Throws<InvalidOperationException>(Open).Message;
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
