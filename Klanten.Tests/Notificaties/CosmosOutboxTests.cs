using Klanten.Core.Ports;
using Klanten.Tests.Storage;
using Klanten.Tests.Storage.Cosmos;

namespace Klanten.Tests.Notificaties;

/// <summary>The outbox in Cosmos DB.</summary>
public sealed class CosmosOutboxTests(CosmosAccount account) : OutboxContract
{
    private readonly List<CosmosInstance> others = [];
    private CosmosHost? host;

    protected override async ValueTask<(IKlantStore Store, IOutbox Outbox, IOutboxOverview Overview)> OpenAsync()
    {
        if (host is null)
        {
            host = await CosmosHost.OpenAsync(account);
            return (host.Store, host.Outbox, (IOutboxOverview)host.Outbox);
        }
        var another = host.Another();
        others.Add(another);
        return (another.Store, another.Outbox, another.Outbox);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var other in others) other.Dispose();
        if (host is not null) await host.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
