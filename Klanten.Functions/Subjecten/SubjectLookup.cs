using System.Net;
using System.Net.Sockets;
using Klanten.Core.UseCases;
using Klanten.Core.Validation;

namespace Klanten.Functions.Subjecten;

/// <summary>
/// Fetches subjects (kla-002): a plain GET that must end in 200, whatever it says. The body is not read. Only public
/// addresses are dialled, and those hosts that the configuration allows.
/// </summary>
internal sealed class SubjectLookup(HttpClient client, TimeSpan timeout) : ISubjectLookup
{
    public const int MostRedirects = 5;

    public async Task<bool> ExistsAsync(string subject, CancellationToken cancellationToken)
    {
        if (TextRules.WebUrl(subject) is not null || !Uri.TryCreate(subject, UriKind.Absolute, out var url)) return false;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            for (var redirects = 0; redirects <= MostRedirects && url.Scheme is "http" or "https"; redirects++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, url);
                using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
                if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location) return response.StatusCode == HttpStatusCode.OK;
                url = new(url, location);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or UriFormatException or InvalidOperationException or NotSupportedException)
        {
            // Unreachable, refused or not HTTP: that it did not end in 200 is all there is to tell.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Took longer than the timeout.
        }
        return false;
    }

    /// <summary>Dials only what may be dialled: the address that is checked is the address that is connected to.</summary>
    public static SocketsHttpHandler Handler(SubjectOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 0,
        ConnectCallback = async (context, cancellationToken) =>
        {
            var host = context.DnsEndPoint.Host;
            var allowed = options.ToegestaneHosts.Contains(host, StringComparer.OrdinalIgnoreCase);
            var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
            var dialable = addresses.Where(a => allowed || PublicAddresses.IsPublic(a)).ToArray();
            if (dialable.Length == 0) throw new HttpRequestException("The host has no address that may be dialled.");
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(dialable, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    private static bool IsRedirect(HttpStatusCode status) => status is
        HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
}
