using System.Collections.Frozen;
using System.Net;
using Klanten.Functions.ExternalApis;
using Klanten.Functions.Telemetry;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Subjecten;

/// <summary>
/// The hosts that the configuration allows: whether each of them works, and a hint about one that is missing. Of other hosts
/// nothing is logged: consumers choose them, and a URL may hold personal data.
/// </summary>
internal sealed partial class SubjectHosts(
    IOptions<SubjectOptions> options, ExternalApiStates states, KlantenMetrics metrics, TimeProvider clock, ILogger<SubjectHosts> logger)
{
    /// <summary>The hosts of subjects in metrics and health.</summary>
    public const string Tag = "subjecten";

    private const string Section = "Klanten:Subject";

    /// <summary>Consumers choose the hosts, so they must not be able to fill the log.</summary>
    private static readonly TimeSpan HintInterval = TimeSpan.FromMinutes(1);

    private readonly FrozenDictionary<string, ExternalApiState> allowed = options.Value.ToegestaneHosts.Distinct(HostNames.Comparer)
        .ToFrozenDictionary(host => host, host => states.Get(Tag, $"The subject host {host}"), HostNames.Comparer);

    private readonly Lock hinting = new();
    private long? hintedAt;

    public bool IsAllowed(string host) => allowed.ContainsKey(host);

    /// <summary>Takes an answer into account. That a subject does not exist is no failure of its host.</summary>
    public void Answered(Uri url, HttpStatusCode status)
    {
        var isFailure = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden || (int)status >= 500;
        Report(url, isFailure ? CallResult.Refused(status, $"{Section}:Credentials") : CallResult.Success(status));
    }

    public void Failed(Uri url, Exception exception)
    {
        if (exception.GetBaseException() is BlockedAddressException blocked)
        {
            metrics.ExternalApiCalled(Tag, "blocked");
            if (blocked.InsideHost is { } host)
            {
                Hint(host);
            }
            return;
        }
        Report(url, CallResult.Failed(exception, Section));
    }

    private void Report(Uri url, CallResult result)
    {
        if (allowed.TryGetValue(url.Host, out var state))
        {
            state.Report(result);
            return;
        }
        metrics.ExternalApiCalled(Tag, result.Code);
    }

    private void Hint(string host)
    {
        lock (hinting)
        {
            if (hintedAt is { } at && clock.GetElapsedTime(at) < HintInterval)
            {
                return;
            }
            hintedAt = clock.GetTimestamp();
        }
        LogInside(logger, host);
    }

    [LoggerMessage(
        LogLevel.Warning, "A subject was refused, because host {Host} is inside the network; Klanten:Subject:ToegestaneHosts may allow it")]
    private static partial void LogInside(ILogger logger, string host);
}
