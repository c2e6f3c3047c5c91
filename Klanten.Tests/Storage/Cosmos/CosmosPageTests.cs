using System.Collections.Concurrent;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>
/// Later pages of all klanten and of a bronorganisatie: which partition is asked, and how often. In a query over all
/// partitions the SDK has everything sent that it passes over.
/// </summary>
public sealed class CosmosPageTests(CosmosAccount account) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private readonly Listener listener = new();
    private readonly string rsin = StoreData.Rsin();
    private CosmosHost host = null!;
    private CosmosInstance instance = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await CosmosHost.OpenAsync(account);
        instance = host.Another(listener);
        await Task.WhenAll(Enumerable.Range(0, PageRequest.Size + 1).Select(n => GivenAsync(rsin, $"A{n}")));
        // The client learns where things are.
        await instance.Store.ListAsync(KlantFilter.None, PageRequest.First, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        instance.Dispose();
        listener.Dispose();
        await host.DisposeAsync();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(null)]
    public async Task A_page_of_all_is_asked_of_the_one_bronorganisatie_that_has_klanten(int? number)
    {
        var elsewhere = await GivenAsync(StoreData.Rsin(), "A");
        await host.Store.CommitAsync(StoreData.Deletion((await host.Store.ReadAsync(elsewhere, Cancellation))!, Start), Cancellation);
        Assert.Equal((2, 1), await ListAsync(number));
        Assert.Equal([null, $"""["{rsin}"]"""], listener.Partitions);
    }

    [Fact]
    public async Task A_page_of_all_is_asked_of_all_when_several_bronorganisaties_have_klanten()
    {
        await GivenAsync(StoreData.Rsin(), "A");
        Assert.Equal((2, 2), await ListAsync(2));
        Assert.Equal([null, null], listener.Partitions);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_that_is_not_there_is_not_asked_for(bool within)
    {
        (FilterField, string)[] filter = within ? [(FilterFields.Bronorganisatie, rsin)] : [];
        listener.Partitions.Clear();
        Assert.Null(await instance.Store.ListAsync(new(filter), new(1_000_000), Cancellation));
        Assert.Single(listener.Partitions);
    }

    private async Task<(int Number, int Klanten)> ListAsync(int? number)
    {
        listener.Partitions.Clear();
        var page = (await instance.Store.ListAsync(KlantFilter.None, new(number), Cancellation))!;
        return (page.Number, page.Klanten.Count);
    }

    private async Task<KlantId> GivenAsync(string bronorganisatie, string klantnummer)
    {
        var id = KlantId.New(bronorganisatie);
        Assert.Equal(CommitResult.Committed, await host.Store.CommitAsync(StoreData.Creation(StoreData.Klant(bronorganisatie, klantnummer), id, Start), Cancellation));
        return id;
    }

    /// <summary>Notes which partition each request for documents is for; null when it is for all.</summary>
    private sealed class Listener() : DelegatingHandler(new SocketsHttpHandler())
    {
        public ConcurrentQueue<string?> Partitions { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.Contains("/docs", StringComparison.Ordinal))
                Partitions.Enqueue(request.Headers.TryGetValues("x-ms-documentdb-partitionkey", out var key) ? key.Single() : null);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
