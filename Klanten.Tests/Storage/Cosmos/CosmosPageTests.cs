using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>
/// Later pages of all klanten and of a bronorganisatie: which partitions receive requests, and how many. In a query over all
/// partitions the SDK downloads the klanten that it skips.
/// </summary>
public sealed class CosmosPageTests(CosmosAccount account) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly PartitionRecorder recorder = new();
    private readonly string rsin = StoreData.Rsin();
    private CosmosHost host = null!;
    private CosmosInstance instance = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await CosmosHost.OpenAsync(account);
        instance = host.Another(recorder);
        await Task.WhenAll(Enumerable.Range(0, PageRequest.Size + 1).Select(n => GivenAsync(rsin, $"A{n}")));
        // The client reads the account and the container before its first request.
        await instance.Store.ListAsync(KlantFilter.None, PageRequest.First, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        instance.Dispose();
        recorder.Dispose();
        await host.DisposeAsync();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(null)]
    public async Task A_page_of_all_is_read_from_the_one_bronorganisatie_that_has_klanten(int? number)
    {
        var elsewhere = await GivenAsync(StoreData.Rsin(), "A");
        await host.Store.CommitAsync(StoreData.Deletion((await host.Store.ReadAsync(elsewhere, Cancellation))!, Start), Cancellation);
        Assert.Equal((2, 1), await ListAsync(number));
        Assert.Equal([.. ToAll(1), $"""["{rsin}"]"""], recorder.Partitions);
    }

    [Fact]
    public async Task A_page_of_all_is_read_from_all_partitions_when_several_bronorganisaties_have_klanten()
    {
        await GivenAsync(StoreData.Rsin(), "A");
        Assert.Equal((2, 2), await ListAsync(2));
        // The counters; and the klanten of each, with another answer where there are more than a page of them.
        Assert.Equal([.. ToAll(2), null], recorder.Partitions);
    }

    [Theory]
    [InlineData("once", 1, 1)]
    [InlineData("a page", 100, 1)]
    [InlineData("more", 101, 3)]
    public async Task The_first_page_by_a_key_is_in_order_and_takes_one_request_unless_there_are_more(
        string functie, int count, int requests)
    {
        var expected = new List<KlantId>();
        for (var i = 0; i < count; i++)
        {
            // Not in the order of their creation in the container.
            var klant = StoreData.Klant(rsin, $"B{i}") with { Functie = functie };
            var creation = StoreData.Creation(klant, KlantId.New(rsin), Start.AddMinutes(-i));
            await host.Store.CommitAsync(creation, Cancellation);
            expected.Insert(0, creation.Id);
        }
        recorder.Partitions.Clear();
        var page = (await instance.Store.ListAsync(new([(FilterFields.Functie, functie)]), PageRequest.First, Cancellation))!;
        Assert.Equal(count, page.Count);
        Assert.Equal(expected.Take(PageRequest.Size), page.Klanten.Items.Select(klant => klant.Id));
        // Of several physical partitions, the SDK asks the one that has more for its next answer ahead.
        var ahead = CosmosAccount.PhysicalPartitions > 1 && count > PageRequest.Size ? 1 : 0;
        Assert.Equal([.. ToAll(requests), .. Enumerable.Repeat<string?>(null, ahead)], recorder.Partitions);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_request_is_made_for_a_page_beyond_the_last(bool within)
    {
        (FilterField, string)[] filter = within ? [(FilterFields.Bronorganisatie, rsin)] : [];
        recorder.Partitions.Clear();
        Assert.Null(await instance.Store.ListAsync(new(filter), new(1_000_000), Cancellation));
        Assert.Equal(within ? 1 : CosmosAccount.PhysicalPartitions, recorder.Partitions.Count);
    }

    /// <summary>The partitions of this many queries over all, each of which is a request to each physical partition.</summary>
    private static IEnumerable<string?> ToAll(int queries) => Enumerable.Repeat<string?>(null, queries * CosmosAccount.PhysicalPartitions);

    private async Task<(int Number, int Klanten)> ListAsync(int? number)
    {
        recorder.Partitions.Clear();
        var page = (await instance.Store.ListAsync(KlantFilter.None, new(number), Cancellation))!;
        return (page.Number, page.Klanten.Items.Count);
    }

    private async Task<KlantId> GivenAsync(string bronorganisatie, string klantnummer)
    {
        var id = KlantId.New(bronorganisatie);
        var creation = StoreData.Creation(StoreData.Klant(bronorganisatie, klantnummer), id, Start);
        Assert.Equal(CommitResult.Committed, await host.Store.CommitAsync(creation, Cancellation));
        return id;
    }
}
