using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Klanten.Functions.Hosts;

/// <summary>
/// Stops accepting while too many connections are open. Kestrel accepts first and closes what is over its limit later, so that a
/// burst takes every descriptor; an assembly that cannot be opened at that moment is not found for as long as the process lives.
/// Connections that are not accepted wait in the queue of the system.
/// </summary>
/// <param name="transport">Accepts the connections.</param>
/// <param name="limit">The maximum number of connections that are open, those that Kestrel is about to close included.</param>
internal sealed class ConnectionGate(IConnectionListenerFactory transport, int limit) : IConnectionListenerFactory
{
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await transport.BindAsync(endpoint, cancellationToken), limit);

    private sealed class Listener(IConnectionListener inner, int limit) : IConnectionListener
    {
        private readonly SemaphoreSlim places = new(limit);
        private readonly CancellationTokenSource unbound = new();

        public EndPoint EndPoint => inner.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                await places.WaitAsync(unbound.Token);
            }
            catch (OperationCanceledException)
            {
                // Null ends the loop of the server that accepts connections.
                return null;
            }
            var connection = await inner.AcceptAsync(cancellationToken);
            if (connection is null)
            {
                places.Release();
                return null;
            }
            connection.ConnectionClosed.Register(static gate => ((SemaphoreSlim)gate!).Release(), places);
            return connection;
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            await unbound.CancelAsync();
            await inner.UnbindAsync(cancellationToken);
        }

        /// <summary>The semaphore is not disposed of: connections that close later still release it.</summary>
        public async ValueTask DisposeAsync()
        {
            await inner.DisposeAsync();
            unbound.Dispose();
        }
    }
}
