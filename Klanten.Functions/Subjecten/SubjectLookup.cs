using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using Klanten.Core.Fields;
using Klanten.Core.Ports;
using Klanten.Functions.Telemetry;

namespace Klanten.Functions.Subjecten;

/// <summary>Looks subjects up (kla-002) with a plain GET. Only the status counts, so the body is not read.</summary>
internal sealed class SubjectLookup(HttpClient client, SubjectHosts hosts, KlantenMetrics metrics) : ISubjectLookup
{
    /// <summary>Fetches at a time, those that wait for a name to be resolved included. Further ones are refused at once.</summary>
    public const int MaxFetches = 512;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private int fetches;

    /// <exception cref="StoreBusyException">Too many subjects are being fetched.</exception>
    public async Task<bool> ExistsAsync(string subject, CancellationToken cancellationToken)
    {
        var exists = TryParse(subject, out var url) && await FetchAsync(url, cancellationToken);
        metrics.SubjectLookedUp(exists);
        return exists;
    }

    /// <summary>A host that the configuration allows may be a name without a dot, which is no URL by the rule of the field.</summary>
    private bool TryParse(string subject, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(subject, UriKind.Absolute, out url)
        && url.Scheme is "http" or "https"
        && (Rules.WebUrl(subject) is null || (hosts.IsAllowed(url.Host) && !subject.Any(char.IsWhiteSpace)));

    private async Task<bool> FetchAsync(Uri url, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref fetches) > MaxFetches)
        {
            Interlocked.Decrement(ref fetches);
            throw new StoreBusyException(RetryAfter);
        }
        try
        {
            return await RespondsOkAsync(url, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref fetches);
        }
    }

    private async Task<bool> RespondsOkAsync(Uri url, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            hosts.Answered(response.RequestMessage?.RequestUri ?? url, response.StatusCode);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception exception) when (IsUnreachable(exception) || IsTimeout(exception, cancellationToken))
        {
            hosts.Failed(url, exception);
            return false;
        }
    }

    private static bool IsTimeout(Exception exception, CancellationToken cancellationToken) =>
        exception is OperationCanceledException && !cancellationToken.IsCancellationRequested;

    /// <summary>Unreachable, blocked, or not HTTP; the exception may hold the URL and is not logged.</summary>
    private static bool IsUnreachable(Exception exception) => exception
        is HttpRequestException
        or IOException
        or UriFormatException
        or InvalidOperationException
        or SocketException;
}
