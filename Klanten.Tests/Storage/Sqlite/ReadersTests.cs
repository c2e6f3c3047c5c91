using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;
using Microsoft.Extensions.Time.Testing;
using static Klanten.Tests.Storage.StoreData;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>Readers keep their transaction while nothing changes. They see every change, and let the log start again.</summary>
public sealed class ReadersTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly SqliteDatabase database;
    private readonly HotKlanten hot = new(1000);
    private readonly SqliteReaders readers;
    private readonly string rsin = Rsin();

    public ReadersTests()
    {
        database = new(new() { Pad = folder.Database });
        readers = new(folder.Database, TimeSpan.FromSeconds(10), hot);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        readers.Dispose();
        database.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_query_sees_every_commit_that_was_answered()
    {
        var store = new SqliteKlantStore(database);
        for (var created = 1; created <= 200; created++)
        {
            await CreateAsync(store, $"{created}");
            var counts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => database.Read(SqliteQueries.Count))));
            Assert.All(counts, count => Assert.Equal(created, count));
        }
    }

    [Fact]
    public async Task Queries_see_one_moment_until_a_change_is_told()
    {
        Assert.Equal(0, Count());
        await CreateAsync(new(database), "1");
        Assert.Equal(0, Count());
        Change();
        Assert.Equal(1, Count());
    }

    /// <remarks>Else one query could see a commit that is not answered yet, and the next one not.</remarks>
    [Fact]
    public async Task While_a_change_is_made_each_query_sees_what_is_committed()
    {
        hot.BeginChange([]);
        Assert.Equal(0, Count());
        await CreateAsync(new(database), "1");
        Assert.Equal(1, Count());
        hot.EndChange();
        Assert.Equal(1, Count());
    }

    [Fact]
    public void A_session_that_no_query_took_for_a_while_is_closed()
    {
        using var rested = new RestedStore();
        using var readers = new SqliteReaders(rested.Path, TimeSpan.FromSeconds(10), hot);
        readers.Read((session, inner) => SqliteQueries.Count(session) + Count(inner), readers);
        readers.CloseUnused();
        Assert.Equal(2, rested.Maps);
        Count(readers);
        readers.CloseUnused();
        Assert.Equal(1, rested.Maps);
        readers.CloseUnused();
        Assert.Equal(0, rested.Maps);
        Assert.Equal(0, Count(readers));
    }

    [Fact]
    public void The_clock_closes_sessions()
    {
        using var rested = new RestedStore();
        var clock = new FakeTimeProvider();
        using var served = new SqliteDatabase(new() { Pad = rested.Path }, clock: clock);
        var before = rested.Maps;
        served.Read(SqliteQueries.Count);
        Assert.Equal(before + 1, rested.Maps);
        clock.Advance(SqliteReaders.Idleness);
        clock.Advance(SqliteReaders.Idleness);
        Assert.Equal(before, rested.Maps);
    }

    [Fact]
    public async Task A_query_of_which_the_moment_is_over_by_its_end_keeps_no_transaction()
    {
        readers.Read<object?, long>(
            (session, _) =>
            {
                var count = SqliteQueries.Count(session);
                Change();
                return count;
            },
            null);
        await CreateAsync(new(database), "1");
        await LogIsFreeAsync();
    }

    [Fact]
    public async Task A_kept_transaction_that_is_ended_does_not_hold_the_log()
    {
        Count();
        await CreateAsync(new(database), "1");
        Assert.False(IsLogFree());
        readers.EndTransactions();
        await LogIsFreeAsync();
    }

    [Fact]
    public async Task A_transaction_in_use_is_ended_when_its_query_ends()
    {
        using var reached = new SemaphoreSlim(0);
        using var released = new SemaphoreSlim(0);
        var query = Task.Run(() => readers.Read<object?, long>(
            (session, _) =>
            {
                var count = SqliteQueries.Count(session);
                reached.Release();
                released.Wait(Cancellation);
                return count;
            },
            null));
        await reached.WaitAsync(Cancellation);
        await CreateAsync(new(database), "1");
        readers.EndTransactions();
        Assert.False(IsLogFree());
        released.Release();
        await query;
        await LogIsFreeAsync();
    }

    [Fact]
    public async Task A_query_that_fails_keeps_no_transaction()
    {
        Assert.Throws<SqliteException>(() => readers.Read<object?, long?>(
            (session, _) => SqliteQueries.Count(session) + session.Number("SELECT count(*) FROM nothing"), null));
        await CreateAsync(new(database), "1");
        await LogIsFreeAsync();
        Assert.Equal(1, Count());
    }

    [Fact]
    public async Task At_rest_the_store_does_not_hold_the_log()
    {
        await CreateAsync(new(database), "1");
        database.Read(SqliteQueries.Count);
        await LogIsFreeAsync();
    }

    [Fact]
    public async Task The_log_starts_again_although_klanten_are_read_all_the_time()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var consumers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            while (!over.IsCancellationRequested) database.Read(SqliteQueries.Count);
        })).ToList();
        var filler = new byte[1 << 20];
        for (var megabytes = 0L; megabytes < 8 * (SqliteCheckpointer.MaxLogSize >> 20); megabytes++)
        {
            await database.WriteAsync(transaction =>
            {
                transaction.Session.Script("CREATE TABLE IF NOT EXISTS filler (bytes BLOB); DELETE FROM filler");
                transaction.Session.Execute("INSERT INTO filler VALUES (?1)", filler);
            });
        }
        await over.CancelAsync();
        await Task.WhenAll(consumers);
        Assert.InRange(new FileInfo(folder.Database + WriteAheadLogFile.Suffix).Length, 0, 3 * SqliteCheckpointer.MaxLogSize);
    }

    private long Count() => Count(readers);

    private static long Count(SqliteReaders readers) =>
        readers.Read<object?, long>((session, _) => SqliteQueries.Count(session), null);

    private void Change()
    {
        hot.BeginChange([]);
        hot.EndChange();
    }

    /// <summary>Whether another program can cut the log back to nothing, which it cannot while a reader reads from it.</summary>
    private bool IsLogFree()
    {
        using var other = new SqliteSession(folder.Database, patience: TimeSpan.Zero);
        return other.Number("PRAGMA wal_checkpoint(TRUNCATE)") == 0;
    }

    private Task LogIsFreeAsync() => Eventually.TrueAsync(IsLogFree, "no reader holds the log");

    private async Task CreateAsync(SqliteKlantStore store, string klantnummer)
    {
        var answer = await store.CommitAsync(Creation(Klant(rsin, klantnummer), KlantId.New(rsin), DateTimeOffset.UtcNow), Cancellation);
        Assert.Equal(CommitResult.Committed, answer);
    }

    /// <summary>A file without a log, of which the sessions of this process map what they read.</summary>
    private sealed class RestedStore : IDisposable
    {
        private readonly TempFolder folder = new();

        public RestedStore() => new SqliteDatabase(new() { Pad = Path }).Dispose();

        public string Path => folder.Database;

        public int Maps => File.ReadLines("/proc/self/maps").Count(map => map.EndsWith(Path, StringComparison.Ordinal));

        public void Dispose() => folder.Dispose();
    }
}
