using System.Net;
using System.Net.Sockets;
using Klanten.Core.Fields;
using Klanten.Core.Ports;
using Klanten.Functions.Telemetry;

namespace Klanten.Functions.Subjecten;

/// <summary>Looks subjects up (kla-002) with a plain GET. Only the status counts, so the body is not read.</summary>
internal sealed class SubjectLookup(HttpClient client, KlantenMetrics metrics) : ISubjectLookup
{
    public async Task<bool> ExistsAsync(string subject, CancellationToken cancellationToken)
    {
        var exists = TryParse(subject, out var url) && await RespondsOkAsync(url, cancellationToken);
        metrics.SubjectLookedUp(exists);
        return exists;
    }

    private static bool TryParse(string subject, out Uri url)
    {
        url = null!;
        return Rules.WebUrl(subject) is null && Uri.TryCreate(subject, UriKind.Absolute, out url!) && url.Scheme is "http" or "https";
    }

    private async Task<bool> RespondsOkAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception exception) when (IsUnreachable(exception))
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The timeout of the client has passed.
            return false;
        }
    }

    /// <summary>Unreachable, blocked, or not HTTP; the exception may hold the URL and is not logged.</summary>
    private static bool IsUnreachable(Exception exception) => exception
        is HttpRequestException
        or IOException
        or UriFormatException
        or InvalidOperationException
        or SocketException;
}
