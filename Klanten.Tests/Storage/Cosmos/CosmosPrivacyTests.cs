using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Cosmos;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>What the store throws may be logged: it names no klant, no value and nothing that the server said.</summary>
public sealed class CosmosPrivacyTests(CosmosAccount account) : IAsyncLifetime
{
    private static readonly string[] Telling = ["injected", "123456782", "klanten-", "docs", "bronorganisatie", "RequestUri"];

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
    internal async Task A_fault_tells_nothing_of_what_was_asked(Fault fault)
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
            async () => await instance.Store.NextNumberAsync(situation.Origin, 1, Cancellation),
        ];
        foreach (var request in requests)
        {
            var exception = await Record.ExceptionAsync(request);
            Assert.NotNull(exception);
            Assert.True(exception is CosmosStoreException or StoreBusyException, exception.GetType().Name);
            Assert.Null(exception.InnerException);
            Assert.All(Telling.Append(situation.Origin).Append(situation.Id.ToString()).Append(situation.Achternaam), telling => Assert.DoesNotContain(telling, exception.Message, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task A_busy_store_tells_when_to_come_back()
    {
        handler.Plan((_, _) => Fault.Throttled);
        var busy = await Assert.ThrowsAsync<StoreBusyException>(async () => await instance.Store.ReadAsync(KlantId.New(StoreData.Rsin()), Cancellation));
        Assert.Equal(TimeSpan.FromMilliseconds(1), busy.RetryAfter);
    }

    [Fact]
    public async Task A_request_that_nobody_waits_for_ends_without_a_word()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        var exception = await Record.ExceptionAsync(async () => await instance.Store.ReadAsync(KlantId.New(StoreData.Rsin()), cancellation.Token));
        Assert.Equal(typeof(OperationCanceledException), exception?.GetType());
    }
}
