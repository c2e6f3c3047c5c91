using System.Net;
using System.Net.Sockets;
using Klanten.Functions.ExternalApis;

namespace Klanten.Functions.Subjecten;

/// <summary>
/// Connects to public addresses and allowed hosts only (SSRF protection). It connects to the very address that it checked,
/// so a name that resolves differently the second time (DNS rebinding) does not get past it.
/// </summary>
internal static class GuardedSockets
{
    /// <param name="options">The hosts inside the network that may be connected to.</param>
    /// <param name="resolve">Resolves a name to addresses; null uses DNS.</param>
    public static SocketsHttpHandler CreateHandler(
        SubjectOptions options, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        var allowed = options.ToegestaneHosts.ToHashSet(HostNames.Comparer);
        resolve ??= Dns.GetHostAddressesAsync;
        return new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            // The trace context of our request is not disclosed to the other server.
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = ExternalApiServices.PooledConnectionLifetime,
            MaxResponseHeadersLength = 16,
            // The body is not read, so the rest of it is dropped with the connection.
            MaxResponseDrainSize = 0,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
                var addresses = await resolve(host, cancellationToken);
                if (!allowed.Contains(host))
                {
                    addresses = [.. addresses.Where(PublicAddresses.IsPublic)];
                }
                if (addresses.Length == 0)
                {
                    throw new BlockedAddressException();
                }
                return await ConnectAsync(addresses, port, cancellationToken);
            },
        };
    }

    private static async ValueTask<Stream> ConnectAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
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

/// <summary>The host has no address, or only addresses inside a network while it is not an allowed host.</summary>
internal sealed class BlockedAddressException() : IOException("The host has no address that may be connected to.");
