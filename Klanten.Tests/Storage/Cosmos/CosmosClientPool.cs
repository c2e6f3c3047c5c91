using System.Collections.Concurrent;
using Klanten.Functions.Storage.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>
/// Clients for tests. With each client the SDK creates a query planner and reads the account, which takes longer than most tests, so a
/// client that a test has done with serves another. Its requests pass the handler of the test that has it.
/// </summary>
internal sealed class CosmosClientPool(CosmosOptions options) : IDisposable
{
    private readonly ConcurrentBag<PooledClient> free = [];
    private readonly ConcurrentBag<PooledClient> all = [];

    public PooledClient Take(HttpMessageHandler? handler)
    {
        if (!free.TryTake(out var client)) all.Add(client = new(options, free));
        client.Attach(handler);
        return client;
    }

    public void Dispose()
    {
        foreach (var client in all) client.Close();
    }
}

/// <summary>A client of the pool; disposing gives it back.</summary>
internal sealed class PooledClient : IDisposable
{
    private readonly Relay relay = new();
    private readonly ConcurrentBag<PooledClient> free;

    public PooledClient(CosmosOptions options, ConcurrentBag<PooledClient> free)
    {
        this.free = free;
        Client = CosmosAccount.Client(options, relay);
    }

    public CosmosClient Client { get; }

    public void Attach(HttpMessageHandler? handler) => relay.Attach(handler);

    public void Dispose()
    {
        relay.Attach(null);
        free.Add(this);
    }

    public void Close()
    {
        Client.Dispose();
        relay.Dispose();
    }

    /// <summary>Sends requests by way of the test that has the client.</summary>
    private sealed class Relay() : DelegatingHandler(new SocketsHttpHandler())
    {
        private volatile HttpMessageInvoker? attached;

        public void Attach(HttpMessageHandler? handler) =>
            attached = handler is null ? null : new(handler, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            attached?.SendAsync(request, cancellationToken) ?? base.SendAsync(request, cancellationToken);
    }
}
