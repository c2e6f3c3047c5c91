using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>Klanten are kept in memory, within bounds, and a read is never older than what was answered.</summary>
public sealed class HotKlantenTests : IDisposable
{
    private const int Kilobyte = 1024;

    private readonly TempFolder folder = new();
    private readonly string rsin = StoreData.Rsin();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_klant_that_was_added_is_found()
    {
        var hot = new HotKlanten(100 * Kilobyte);
        var klant = Klant();
        hot.Add(klant, hot.Changes);
        Assert.Same(klant, hot.Find(klant.Id));
    }

    [Fact]
    public void The_klanten_that_are_kept_take_no_more_room_than_is_allowed()
    {
        var hot = new HotKlanten(100 * Kilobyte);
        var klanten = Enumerable.Range(0, 1000).Select(_ => Klant()).ToList();
        foreach (var klant in klanten) hot.Add(klant, hot.Changes);
        var kept = klanten.Count(klant => hot.Find(klant.Id) is not null);
        Assert.InRange(kept, 30, 100);
    }

    [Fact]
    public void A_klant_larger_than_the_room_is_not_kept_for_long()
    {
        var hot = new HotKlanten(10 * Kilobyte);
        var large = Klant(100 * Kilobyte);
        hot.Add(large, hot.Changes);
        for (var i = 0; i < 20; i++) hot.Add(Klant(), hot.Changes);
        Assert.Null(hot.Find(large.Id));
    }

    [Fact]
    public void A_klant_that_is_read_again_and_again_stays_when_others_go()
    {
        var hot = new HotKlanten(100 * Kilobyte);
        var (used, unused) = (Klant(), Klant());
        hot.Add(used, hot.Changes);
        hot.Add(unused, hot.Changes);
        for (var i = 0; i < 1000; i++)
        {
            hot.Add(Klant(), hot.Changes);
            Assert.NotNull(hot.Find(used.Id));
        }
        Assert.Null(hot.Find(unused.Id));
    }

    [Fact]
    public void A_klant_that_changes_is_taken_out()
    {
        var hot = new HotKlanten(100 * Kilobyte);
        var (changed, other) = (Klant(), Klant());
        hot.Add(changed, hot.Changes);
        hot.Add(other, hot.Changes);
        hot.BeginChange([changed.Id]);
        Assert.Null(hot.Find(changed.Id));
        Assert.NotNull(hot.Find(other.Id));
    }

    [Fact]
    public void A_klant_that_is_read_while_it_changes_is_not_kept()
    {
        var hot = new HotKlanten(100 * Kilobyte);
        var klant = Klant();
        hot.BeginChange([klant.Id]);
        hot.Add(klant, hot.Changes);
        Assert.Null(hot.Find(klant.Id));
        hot.EndChange();
        Assert.Null(hot.Find(klant.Id));
    }

    [Fact]
    public void A_klant_that_was_read_before_a_change_began_is_not_kept_after_it()
    {
        var hot = new HotKlanten(100 * Kilobyte);
        var klant = Klant();
        var before = hot.Changes;
        hot.BeginChange([klant.Id]);
        hot.EndChange();
        hot.Add(klant, before);
        Assert.Null(hot.Find(klant.Id));
    }

    [Fact]
    public void A_klant_that_was_read_before_its_change_ended_is_not_kept_after_it()
    {
        var hot = new HotKlanten(100 * Kilobyte);
        var klant = Klant();
        hot.BeginChange([klant.Id]);
        var before = hot.Changes;
        hot.EndChange();
        hot.Add(klant, before);
        Assert.Null(hot.Find(klant.Id));
    }

    [Fact]
    public async Task A_second_read_does_not_read_the_file()
    {
        using var database = new SqliteDatabase(new() { Pad = folder.Database });
        var store = new SqliteKlantStore(database);
        var id = await GivenAsync(store);
        var first = await store.ReadAsync(id, Cancellation);
        Assert.Same(first, await store.ReadAsync(id, Cancellation));
    }

    [Fact]
    public async Task A_klant_that_was_removed_is_in_memory_no_more()
    {
        using var database = new SqliteDatabase(new() { Pad = folder.Database });
        var store = new SqliteKlantStore(database);
        var id = await GivenAsync(store);
        var klant = (await store.ReadAsync(id, Cancellation))!;
        await store.CommitAsync(StoreData.Deletion(klant, DateTimeOffset.UnixEpoch), Cancellation);
        Assert.Null(database.Hot.Find(id));
        Assert.Null(await store.ReadAsync(id, Cancellation));
    }

    [Fact]
    public async Task A_change_that_was_not_made_leaves_the_klant_readable()
    {
        using var database = new SqliteDatabase(new() { Pad = folder.Database });
        var store = new SqliteKlantStore(database);
        var id = await GivenAsync(store);
        var klant = (await store.ReadAsync(id, Cancellation))!;
        await Assert.ThrowsAsync<SqliteException>(() => database.WriteAsync(
            transaction =>
            {
                var result = SqliteCommands.Commit(transaction, Change(klant, "nooit"));
                transaction.Session.Execute("ROLLBACK");
                return result;
            },
            cancellationToken: Cancellation));
        Assert.Equal(klant.Json.ToArray(), (await store.ReadAsync(id, Cancellation))!.Json.ToArray());
        Assert.Same(await store.ReadAsync(id, Cancellation), await store.ReadAsync(id, Cancellation));
    }

    [Theory]
    [InlineData("by the next write")]
    [InlineData("without a write")]
    public async Task What_another_program_writes_to_the_file_is_noticed(string how)
    {
        using var database = new SqliteDatabase(new() { Pad = folder.Database });
        var store = new SqliteKlantStore(database);
        var id = await GivenAsync(store);
        await store.ReadAsync(id, Cancellation);
        using (var other = new SqliteSession(folder.Database)) other.Execute("UPDATE klant SET version = 40");
        if (how == "by the next write")
        {
            await GivenAsync(store, "2");
            Assert.Equal(SqliteVersion.Create(40), (await store.ReadAsync(id, Cancellation))!.Version);
        }
        await Eventually.TrueAsync(
            async () => (await store.ReadAsync(id, Cancellation))!.Version == SqliteVersion.Create(40), "the version is 40");
    }

    /// <summary>Each reader compares with the last change that was answered before it began to read.</summary>
    [Fact]
    public async Task Readers_beside_a_writer_never_see_what_is_older_than_an_answered_change()
    {
        const int Changes = 2000;
        using var database = new SqliteDatabase(new() { Pad = folder.Database });
        var store = new SqliteKlantStore(database);
        var id = await GivenAsync(store);
        var answered = 1L;
        var done = false;
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var reads = 0;
            while (!Volatile.Read(ref done))
            {
                var least = Interlocked.Read(ref answered);
                var seen = SqliteVersion.From((await store.ReadAsync(id, Cancellation))!.Version).Number;
                Assert.True(seen >= least, $"A reader saw version {seen} after {least} was answered.");
                reads++;
            }
            return reads;
        })).ToList();
        try
        {
            for (var i = 0; i < Changes; i++)
            {
                var klant = (await store.ReadAsync(id, Cancellation))!;
                Assert.Equal(CommitResult.Committed, await store.CommitAsync(Change(klant, $"{i}"), Cancellation));
                Interlocked.Increment(ref answered);
            }
        }
        finally
        {
            Volatile.Write(ref done, true);
        }
        Assert.All(await Task.WhenAll(readers), reads => Assert.True(reads > 0));
    }

    private static StoredKlant Klant(int bytes = Kilobyte) =>
        new(KlantId.New("517439943"), new byte[bytes], SqliteVersion.Create(1));

    private static KlantCommit Change(StoredKlant klant, string voornaam) =>
        StoreData.Change(klant, k => k with { Voornaam = voornaam }, DateTimeOffset.UnixEpoch);

    private async Task<KlantId> GivenAsync(SqliteKlantStore store, string klantnummer = "1")
    {
        var id = KlantId.New(rsin);
        await store.CommitAsync(
            StoreData.Creation(StoreData.Klant(rsin, klantnummer), id, DateTimeOffset.UnixEpoch), Cancellation);
        return id;
    }
}
