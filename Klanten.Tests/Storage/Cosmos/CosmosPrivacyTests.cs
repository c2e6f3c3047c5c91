using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Cosmos.Requests;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>Exceptions of the store are safe to log: they contain no id, no value, and no text of the server.</summary>
public sealed class CosmosPrivacyTests(CosmosAccount account) : IAsyncLifetime
{
    private static readonly string[] Forbidden = ["injected", "123456782", "klanten-", "docs", "bronorganisatie", "RequestUri"];

    private readonly FaultHandler handler = new();
    private CosmosHost host = null!;
    private CosmosInstance instance = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        host = await CosmosHost.OpenAsync(account);
        instance = host.Another(handler);
    }

    public async ValueTask DisposeAsync()
    {
        instance.Dispose();
        handler.Dispose();
        await host.DisposeAsync();
    }

    [Theory]
    [InlineData(Fault.Unavailable)]
    [InlineData(Fault.TimedOut)]
    [InlineData(Fault.Throttled)]
    [InlineData(Fault.Unsent)]
    internal async Task An_exception_contains_nothing_of_the_request(Fault fault)
    {
        var situation = new CosmosSituation(host);
        var klant = await situation.GivenAsync();
        handler.Plan((_, _) => fault);
        Func<Task>[] requests =
        [
            async () => await instance.Store.ReadAsync(situation.Id, Cancellation),
            async () => await instance.Store.ListAsync(new([(FilterFields.InpBsn, "123456782")]), PageRequest.First, Cancellation),
            async () => await instance.Store.CommitAsync(CosmosSituation.Change(klant, k => k with { Functie = "Kok" }), Cancellation),
            async () => await instance.Store.CommitAsync(CosmosSituation.Deletion(klant), Cancellation),
            async () => await instance.Store.TakeNumbersAsync(situation.Origin, 1, 1, Cancellation),
        ];
        foreach (var request in requests)
        {
            var exception = await Record.ExceptionAsync(request);
            Assert.NotNull(exception);
            Assert.True(exception is CosmosStoreException or StoreBusyException, exception.GetType().Name);
            Assert.Null(exception.InnerException);
            string[] forbidden = [.. Forbidden, situation.Origin, situation.Id.ToString(), situation.Achternaam];
            Assert.All(forbidden, text => Assert.DoesNotContain(text, exception.Message, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task A_busy_store_says_when_to_retry()
    {
        handler.Plan((_, _) => Fault.Throttled);
        var id = KlantId.New(StoreData.Rsin());
        var busy = await Assert.ThrowsAsync<StoreBusyException>(async () => await instance.Store.ReadAsync(id, Cancellation));
        Assert.Equal(TimeSpan.FromMilliseconds(1), busy.RetryAfter);
    }

    [Fact]
    public async Task A_cancelled_request_ends_in_a_plain_OperationCanceledException()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        var id = KlantId.New(StoreData.Rsin());
        var exception = await Record.ExceptionAsync(async () => await instance.Store.ReadAsync(id, cancellation.Token));
        Assert.Equal(typeof(OperationCanceledException), exception?.GetType());
    }
}
