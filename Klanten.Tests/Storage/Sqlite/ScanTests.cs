using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>
/// A list that is found by going through very many klanten does not keep other requests waiting, and ends when its consumer leaves.
/// </summary>
public sealed class ScanTests : IDisposable
{
    /// <summary>So many that a query over all of them is a scan; some 100 ms to add.</summary>
    private const int Many = 12_000;

    private readonly TempFolder folder = new();
    private readonly SqliteDatabase database;
    private readonly SqliteScans scans = new(maxAtOnce: 1);
    private readonly SqliteKlantStore store;

    public ScanTests()
    {
        database = new(new() { Pad = folder.Database });
        store = new(database, scans);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    public static TheoryData<string> Scans => [.. ScanFilters.Keys];

    public static TheoryData<string> Finds => [.. FindFilters.Keys];

    private static readonly Dictionary<string, (KlantFilter Filter, PageRequest Page)> ScanFilters = new()
    {
        ["no index"] = (new([(FilterFields.Functie, "niemand")]), PageRequest.First),
        ["no index, a later page"] = (new([(FilterFields.Type, SubjectType.Vestiging)]), new(7)),
        ["no index, the last page"] = (new([(FilterFields.Landcode, "6030")]), new(null)),
        ["a bronorganisatie that has them all"] =
            (new([(FilterFields.Bronorganisatie, "999990639"), (FilterFields.Functie, "niemand")]), PageRequest.First),
        ["a key that they all share"] = (new([(FilterFields.Achternaam, "Jansen"), (FilterFields.Functie, "niemand")]), PageRequest.First),
        ["a key that they all share, a later page"] = (new([(FilterFields.Achternaam, "Jansen")]), new(50)),
    };

    private static readonly Dictionary<string, (KlantFilter Filter, PageRequest Page)> FindFilters = new()
    {
        ["all"] = (KlantFilter.None, PageRequest.First),
        ["all, a later page"] = (KlantFilter.None, new(60)),
        ["all, the last page"] = (KlantFilter.None, new(null)),
        ["a bronorganisatie"] = (new([(FilterFields.Bronorganisatie, "999990639")]), new(60)),
        ["a key"] = (new([(FilterFields.InpBsn, "123456782")]), PageRequest.First),
        ["a klantnummer"] = (new([(FilterFields.Klantnummer, "77")]), PageRequest.First),
        ["a key and no index"] = (new([(FilterFields.Emailadres, "een@example.com"), (FilterFields.Functie, "Bakker")]), PageRequest.First),
    };

    [Theory]
    [MemberData(nameof(Scans))]
    public async Task A_scan_waits_for_its_turn(string name)
    {
        await AddManyAsync();
        var turn = new TaskCompletionSource();
        var first = scans.RunAsync(() => turn.Task.Wait(TimeSpan.FromMinutes(1)), Cancellation);
        var (filter, page) = ScanFilters[name];
        var scan = store.ListAsync(filter, page, Cancellation).AsTask();
        Assert.False(scan.IsCompleted);
        turn.SetResult();
        Assert.True(await first);
        await scan;
    }

    [Theory]
    [MemberData(nameof(Finds))]
    public async Task What_is_found_by_a_key_or_a_count_does_not_wait_for_a_scan(string name)
    {
        await AddManyAsync();
        var turn = new TaskCompletionSource();
        var scan = scans.RunAsync(() => turn.Task.Wait(TimeSpan.FromMinutes(1)), Cancellation);
        var (filter, page) = FindFilters[name];
        Assert.True(store.ListAsync(filter, page, Cancellation).AsTask().IsCompletedSuccessfully);
        turn.SetResult();
        Assert.True(await scan);
    }

    [Fact]
    public async Task A_scan_gives_the_list_that_it_is_asked_for()
    {
        var ids = await AddManyAsync();
        var page = (await store.ListAsync(new([(FilterFields.Landcode, "6030")]), new(100), Cancellation))!;
        Assert.Equal((Many, 100), (page.Count, page.Number));
        Assert.Equal(ids[9_900..10_000], page.Klanten.Items.Select(k => k.Id));
    }

    [Fact]
    public async Task A_scan_that_waits_too_long_for_its_turn_is_refused()
    {
        var impatient = new SqliteScans(1, TimeSpan.FromMilliseconds(1));
        var turn = new TaskCompletionSource();
        var first = impatient.RunAsync(() => turn.Task.Wait(TimeSpan.FromMinutes(1)), Cancellation);
        var refused = await Assert.ThrowsAsync<ScanRefusedException>(() => impatient.RunAsync(() => 1, Cancellation));
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
        turn.SetResult();
        Assert.True(await first);
        Assert.Equal(1, await impatient.RunAsync(() => 1, Cancellation));
    }

    [Fact]
    public async Task More_scans_than_can_wait_are_refused_at_once()
    {
        var turn = new TaskCompletionSource();
        var patient = new SqliteScans(1, TimeSpan.FromMinutes(1));
        var accepted = Enumerable.Range(0, 201)
            .Select(i => patient.RunAsync(() => i > 0 || turn.Task.Wait(TimeSpan.FromMinutes(1)), Cancellation))
            .ToList();
        await Assert.ThrowsAsync<ScanRefusedException>(() => patient.RunAsync(() => true, Cancellation));
        turn.SetResult();
        Assert.DoesNotContain(false, await Task.WhenAll(accepted));
    }

    [Fact]
    public async Task A_consumer_that_leaves_while_it_waits_gives_up_its_place()
    {
        var turn = new TaskCompletionSource();
        var first = scans.RunAsync(() => turn.Task.Wait(TimeSpan.FromMinutes(1)), Cancellation);
        using var left = new CancellationTokenSource();
        var waiting = store.ListAsync(new([(FilterFields.Functie, "niemand")]), PageRequest.First, left.Token).AsTask();
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        turn.SetResult();
        Assert.True(await first);
        Assert.NotNull(await store.ListAsync(new([(FilterFields.Functie, "niemand")]), PageRequest.First, Cancellation));
    }

    [Fact]
    public async Task A_query_ends_when_it_may_not_go_on_and_the_next_on_its_session_is_not_affected()
    {
        const string Endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
        using var session = new SqliteSession(folder.Database);
        using var left = new CancellationTokenSource();
        var query = Task.Factory.StartNew(
            () => session.RunWhile(() => !left.IsCancellationRequested, s => s.Number(Endless)),
            Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await left.CancelAsync();
        await Assert.ThrowsAsync<QueryInterruptedException>(() => query);
        const string Long = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 50000) SELECT count(*) FROM n";
        Assert.Equal(50_000, session.Number(Long));
        Assert.Equal(50_000, session.RunWhile(() => true, s => s.Number(Long)));
    }

    private async Task<List<KlantId>> AddManyAsync()
    {
        var commits = new List<KlantCommit>();
        for (var i = 0; i < Many; i++)
        {
            var klant = new Klant
            {
                Bronorganisatie = "999990639",
                Klantnummer = $"{i}",
                Achternaam = "Jansen",
                Emailadres = i == 100 ? "een@example.com" : "",
                Functie = "Bakker",
                Adres = new() { Straatnaam = "Dorpsstraat", Huisnummer = 12, Woonplaatsnaam = "Ons Dorp", Landcode = "6030" },
                SubjectType = SubjectType.Vestiging,
            };
            commits.Add(StoreData.Creation(klant, KlantId.New(klant.Bronorganisatie), DateTimeOffset.UnixEpoch));
        }
        await using var bulkLoad = await store.BeginBulkLoadAsync(Cancellation);
        await bulkLoad.CommitAsync(commits, Cancellation);
        return commits.ConvertAll(commit => commit.Id);
    }
}
