using Klanten.Functions.Telemetry;

namespace Klanten.Functions.ExternalApis;

/// <summary>
/// Whether another API works, by the results of the calls. It logs a change and not each call, counts all calls, and knows for
/// how long the API has failed. All durations are monotonic.
/// </summary>
/// <param name="tag">The API in metrics.</param>
/// <param name="name">The API in the log.</param>
/// <param name="metrics">Counts the calls.</param>
/// <param name="clock">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ExternalApiState(
    string tag, string name, KlantenMetrics metrics, TimeProvider clock, ILogger<ExternalApiState> logger)
{
    /// <summary>An API that fails now and then in the same way is logged once in this time.</summary>
    private static readonly TimeSpan RepeatAfter = TimeSpan.FromMinutes(1);

    /// <summary>A failure says nothing about the present when no call has failed for this long; retries come more often.</summary>
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(20);

    private readonly Lock changing = new();

    /// <summary>When each kind of failure was logged last. The kinds are few.</summary>
    private readonly Dictionary<string, long> loggedAt = new(StringComparer.Ordinal);
    private string? loggedFailure;
    private long firstFailure;
    private long lastFailure;
    private volatile bool fails;

    /// <summary>How long all calls have failed; null when the last one succeeded, or failed too long ago to count.</summary>
    public TimeSpan? FailingFor
    {
        get
        {
            lock (changing)
            {
                return fails && clock.GetElapsedTime(lastFailure) < ForgottenAfter ? clock.GetElapsedTime(firstFailure) : null;
            }
        }
    }

    public void Report(CallResult result)
    {
        metrics.ExternalApiCalled(tag, result.Code);
        if (result.IsFailure)
        {
            lock (changing)
            {
                Fail(result);
            }
        }
        else if (fails)
        {
            lock (changing)
            {
                Recover(result);
            }
        }
    }

    /// <summary>Logs an answer that could be used, but not all of it.</summary>
    public void ReportSkipped(int entries)
    {
        lock (changing)
        {
            if (MayLog("skipped"))
            {
                LogSkipped(logger, name, entries);
            }
        }
    }

    private void Fail(CallResult result)
    {
        lastFailure = clock.GetTimestamp();
        if (!fails)
        {
            firstFailure = lastFailure;
            fails = true;
        }
        if (loggedFailure != result.Code && MayLog(result.Code))
        {
            loggedFailure = result.Code;
            LogFailure(logger, name, $"{result.Description}", $"{result.Advice}");
        }
    }

    private void Recover(CallResult result)
    {
        if (!fails)
        {
            return;
        }
        fails = false;
        // A failure that was not logged, because it repeated, needs no end in the log.
        if (loggedFailure is not null)
        {
            loggedFailure = null;
            LogRecovery(logger, name, $"{result.Description}", (long)clock.GetElapsedTime(firstFailure).TotalSeconds);
        }
    }

    private bool MayLog(string kind)
    {
        if (loggedAt.TryGetValue(kind, out var at) && clock.GetElapsedTime(at) < RepeatAfter)
        {
            return false;
        }
        loggedAt[kind] = clock.GetTimestamp();
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "{Api} {Description}: {Advice}")]
    private static partial void LogFailure(ILogger logger, string api, string description, string advice);

    [LoggerMessage(LogLevel.Information, "{Api} works again ({Description}) after {Seconds} s")]
    private static partial void LogRecovery(ILogger logger, string api, string description, long seconds);

    [LoggerMessage(LogLevel.Warning, "{Api} sent {Entries} entries that are not of its standard; they are skipped")]
    private static partial void LogSkipped(ILogger logger, string api, int entries);
}
