using System.Net;
using System.Net.Sockets;
using Klanten.Functions.Autorisaties;

namespace Klanten.Functions.Subjecten;

/// <summary>Follows redirects, each as a request of its own, so that each is checked and dialled like the first.</summary>
internal sealed class RedirectHandler : DelegatingHandler
{
    private const int MostRedirects = 5;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        for (var redirects = 0; redirects < MostRedirects && Target(response, request.RequestUri!) is { } target; redirects++)
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

/// <summary>Shows a token of our own to the hosts that ask for one; never to another, redirects included.</summary>
internal sealed class CredentialHandler(SubjectOptions options, TimeProvider clock) : DelegatingHandler
{
    private readonly Dictionary<string, NeighbourCredential> credentials =
        options.Credentials.ToDictionary(c => c.Host, c => new NeighbourCredential(c.ClientId, c.Secret, clock), StringComparer.OrdinalIgnoreCase);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (credentials.TryGetValue(request.RequestUri!.Host, out var credential)) request.Headers.Authorization = credential.Header();
        return base.SendAsync(request, cancellationToken);
    }
}

/// <summary>Dials only what may be dialled: the address that is checked is the address that is connected to.</summary>
internal static class GuardedSockets
{
    public static SocketsHttpHandler Handler(SubjectOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxResponseHeadersLength = 16,
        // The body is not read: what is left of it is dropped with the connection.
        MaxResponseDrainSize = 0,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, options, cancellationToken),
    };

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint endPoint, SubjectOptions options, CancellationToken cancellationToken)
    {
        var allowed = options.ToegestaneHosts.Contains(endPoint.Host, StringComparer.OrdinalIgnoreCase);
        var addresses = await Dns.GetHostAddressesAsync(endPoint.Host, cancellationToken);
        var dialable = addresses.Where(a => allowed || PublicAddresses.IsPublic(a)).ToArray();
        if (dialable.Length == 0) throw new HttpRequestException("The host has no address that may be dialled.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(dialable, endPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
