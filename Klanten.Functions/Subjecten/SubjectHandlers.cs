using System.Net;
using System.Net.Sockets;
using Klanten.Functions.Autorisaties;

namespace Klanten.Functions.Subjecten;

/// <summary>Follows redirects, each as a request of its own, so that each is checked and dialled like the first.</summary>
internal sealed class RedirectHandler : DelegatingHandler
{
    private const int MaxRedirects = 5;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        for (var redirects = 0; redirects < MaxRedirects && Target(response, request.RequestUri!) is { } target; redirects++)
        {
            response.Dispose();
            request = new(HttpMethod.Get, target);
            response = await base.SendAsync(request, cancellationToken);
        }
        return response;
    }

    /// <summary>Where to go next; null when the answer is the last one.</summary>
    private static Uri? Target(HttpResponseMessage response, Uri from) =>
        response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        && response.Headers.Location is { } location && Uri.TryCreate(from, location, out var target) && target.Scheme is "http" or "https"
            ? target
            : null;
}

/// <summary>
/// Shows a token of our own to the hosts that ask for one; never to another, redirects included. On the internet only over
/// https: a consumer chooses the scheme of a subject, and must not be able to make the token travel in the clear.
/// </summary>
internal sealed class CredentialHandler(SubjectOptions options, TimeProvider clock) : DelegatingHandler
{
    private readonly HashSet<string> allowed = options.ToegestaneHosts.ToHashSet(HostNames.Comparer);

    private readonly Dictionary<string, OutgoingToken> credentials =
        options.Credentials.ToDictionary(c => c.Host, c => new OutgoingToken(c.ClientId, c.Secret, clock), HostNames.Comparer);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var url = request.RequestUri!;
        if (credentials.TryGetValue(url.Host, out var credential) && (url.Scheme == Uri.UriSchemeHttps || allowed.Contains(url.Host)))
            request.Headers.Authorization = credential.Header();
        return base.SendAsync(request, cancellationToken);
    }
}

/// <summary>Dials only what may be dialled: the address that is checked is the address that is connected to.</summary>
internal static class GuardedSockets
{
    /// <param name="options">The hosts inside the network that may be dialled.</param>
    /// <param name="resolve">How names become addresses; null asks DNS.</param>
    public static SocketsHttpHandler Handler(SubjectOptions options, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        var allowed = options.ToegestaneHosts.ToHashSet(HostNames.Comparer);
        resolve ??= Dns.GetHostAddressesAsync;
        return new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            // What is traced here, and for whom, is nothing to tell the other side.
            ActivityHeadersPropagator = null,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            MaxResponseHeadersLength = 16,
            // The body is not read: what is left of it is dropped with the connection.
            MaxResponseDrainSize = 0,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
                var addresses = await resolve(host, cancellationToken);
                if (!allowed.Contains(host)) addresses = [.. addresses.Where(PublicAddresses.IsPublic)];
                if (addresses.Length == 0) throw new UndialableException();
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

/// <summary>The host is inside the network, and not one that is allowed; or it has no address at all.</summary>
internal sealed class UndialableException() : IOException("The host has no address that may be dialled.");
