using System.Collections.Concurrent;
using Klanten.Functions.Telemetry;

namespace Klanten.Functions.Storage.Cosmos.Requests;

/// <summary>Records what each request to Cosmos DB cost and how it ended, without ids or values of klanten.</summary>
internal sealed partial class CosmosMetrics(KlantenMetrics metrics, TimeProvider clock, ILogger<CosmosMetrics> logger)
{
    /// <summary>A request that takes longer than this, including the SDK's own retries, is logged.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(500);

    /// <summary>How often a fault of the same kind is logged; the metric counts each.</summary>
    private static readonly TimeSpan FaultInterval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Operation, CosmosStatus Status), long> logged = new();

    public void Record(string operation, CosmosStatus status, double requestUnits, TimeSpan elapsed)
    {
        metrics.AddRequestUnits(operation, requestUnits);
        if (elapsed > Slow) LogSlow(logger, operation, (int)status.Code, status.Substatus, elapsed.TotalMilliseconds, requestUnits);
        if (status.IsRegular) return;
        metrics.StoreFailed(operation, (int)status.Code, status.Substatus);
        if (IsDue((operation, status))) LogFault(logger, operation, (int)status.Code, status.Substatus);
    }

    /// <remarks>The keys are names of this program and codes of Cosmos DB, so there are few.</remarks>
    private bool IsDue((string Operation, CosmosStatus Status) fault)
    {
        var now = clock.GetTimestamp();
        if (logged.TryAdd(fault, now)) return true;
        var last = logged[fault];
        return clock.GetElapsedTime(last, now) >= FaultInterval && logged.TryUpdate(fault, now, last);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Cosmos DB: {Operation} ended in {Status}, substatus {Substatus}, after {Milliseconds:F0} ms, {RequestUnits:F1} RU")]
    private static partial void LogSlow(
        ILogger logger, string operation, int status, int substatus, double milliseconds, double requestUnits);

    [LoggerMessage(
        LogLevel.Warning, "Cosmos DB: {Operation} failed with status {Status}, substatus {Substatus} (0: no answer, or none given)")]
    private static partial void LogFault(ILogger logger, string operation, int status, int substatus);
}
