using Klanten.Functions.ExternalApis;

namespace Klanten.Functions.Subjecten;

/// <summary>
/// Connects to public addresses and allowed hosts only (SSRF protection). It connects to the very address that it checked,
/// so a name that resolves differently the second time (DNS rebinding) does not get past it.
/// </summary>
internal static class GuardedSockets
{
    /// <summary>Look-ups of names at a time. A slow one occupies its place for as long as the resolver of the system takes.</summary>
    private const int MaxLookUps = 16;

    /// <param name="options">The hosts inside the network that may be connected to.</param>
    /// <param name="lookUp">The resolver of the system.</param>
    public static SocketsHttpHandler CreateHandler(SubjectOptions options, LookUpHost lookUp)
    {
        var allowed = options.ToegestaneHosts.ToHashSet(HostNames.Comparer);
        // The hosts of the configuration have a room of their own: names that consumers make up must not keep them out.
        var (own, others) = (new HostResolver(lookUp, MaxLookUps), new HostResolver(lookUp, MaxLookUps));
        return new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            // The trace context of our request is not disclosed to the other server.
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = ExternalApiServices.PooledConnectionLifetime,
            // Else an attempt to connect goes on for a while after its request has timed out.
            ConnectTimeout = options.Timeout,
            MaxResponseHeadersLength = 16,
            // The body is not read, so the rest of it is dropped with the connection.
            MaxResponseDrainSize = 0,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
                var isAllowed = allowed.Contains(host);
                var addresses = await (isAllowed ? own : others).ResolveAsync(host, cancellationToken);
                var open = isAllowed ? addresses : [.. addresses.Where(PublicAddresses.IsPublic)];
                if (open.Length == 0)
                {
                    throw new BlockedAddressException(addresses.Length > 0 ? host : null);
                }
                return await ResolvedSockets.ConnectAsync(open, port, cancellationToken);
            },
        };
    }
}

/// <summary>The host has no address, or only addresses inside a network while it is not an allowed host.</summary>
/// <param name="insideHost">The host that has only addresses inside a network; null when it has none at all.</param>
internal sealed class BlockedAddressException(string? insideHost) : IOException("The host has no address that may be connected to.")
{
    public string? InsideHost => insideHost;
}
