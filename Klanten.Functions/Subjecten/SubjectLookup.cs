using System.Net;
using Klanten.Core.UseCases;
using Klanten.Core.Fields;
using Klanten.Functions.Telemetry;
using Polly.Timeout;

namespace Klanten.Functions.Subjecten;

/// <summary>Fetches subjects (kla-002): a plain GET that must end in 200, whatever it says. The body is not read.</summary>
internal sealed class SubjectLookup(HttpClient client, KlantenMetrics metrics) : ISubjectLookup
{
    public async Task<bool> ExistsAsync(string subject, CancellationToken cancellationToken)
    {
        var exists = Rules.WebUrl(subject) is null && Uri.TryCreate(subject, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https" && await AnswersAsync(url, cancellationToken);
        metrics.SubjectLookedUp(exists);
        return exists;
    }

    private async Task<bool> AnswersAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or UriFormatException or InvalidOperationException
            or TimeoutRejectedException or System.Net.Sockets.SocketException)
        {
            // Unreachable, refused, too slow or not HTTP: that it did not end in 200 is all there is to tell.
            return false;
        }
    }
}
