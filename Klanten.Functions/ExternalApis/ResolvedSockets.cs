using System.Net;
using System.Net.Sockets;

namespace Klanten.Functions.ExternalApis;

/// <summary>Connects to addresses that a <see cref="HostResolver"/> gave.</summary>
internal static class ResolvedSockets
{
    /// <summary>A connection for <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public static async ValueTask<Stream> ConnectAsync(
        HostResolver resolver, SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await resolver.ResolveAsync(context.DnsEndPoint.Host, cancellationToken);
        return await ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
    }

    public static async ValueTask<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
