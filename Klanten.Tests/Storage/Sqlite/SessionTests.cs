using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;
using SQLitePCL;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>A session keeps its statements for the next use, up to a number of them.</summary>
public sealed class SessionTests : IDisposable
{
    private const int MoreThanAreKept = 200;

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_statement_in_use_goes_on_when_more_statements_follow_than_are_kept()
    {
        using var session = new SqliteSession(folder.Database);
        using var rows = session.Prepare("VALUES (1), (2)");
        Assert.True(rows.Step());
        for (var i = 0; i < MoreThanAreKept; i++) Assert.Equal(i, session.Number($"SELECT {i}"));
        Assert.True(rows.Step());
        Assert.Equal(2, rows.Int64(0));
        Assert.False(rows.Step());
    }

    [Fact]
    public void A_statement_that_is_no_longer_kept_is_prepared_anew()
    {
        using var session = new SqliteSession(folder.Database);
        for (var turn = 0; turn < 2; turn++)
        {
            for (var i = 0; i < MoreThanAreKept; i++) Assert.Equal(i, session.Number($"SELECT {i}"));
        }
    }

    [Fact]
    public void The_database_is_synced_through_the_file_that_SQLite_has_open()
    {
        using var session = new SqliteSession(folder.Database);
        session.Script("CREATE TABLE item (id INTEGER PRIMARY KEY)");
        session.Checkpoint();
        Assert.Equal(raw.SQLITE_OK, session.SyncDatabase());
    }
}
