using System.Net;
using Klanten.Functions.Telemetry;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>Records what each request to Cosmos DB cost, without ids or values of klanten.</summary>
internal sealed partial class CosmosMetrics(KlantenMetrics metrics, ILogger<CosmosMetrics> logger)
{
    /// <summary>A request that takes longer than this, including the SDK's own retries, is logged.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(500);

    public void Record(string operation, HttpStatusCode status, double requestUnits, TimeSpan elapsed)
    {
        metrics.AddRequestUnits(operation, requestUnits);
        if (elapsed > Slow) LogSlow(logger, operation, (int)status, elapsed.TotalMilliseconds, requestUnits);
    }

    [LoggerMessage(LogLevel.Warning, "Cosmos DB: {Operation} ended in {Status} after {Milliseconds:F0} ms, {RequestUnits:F1} RU")]
    private static partial void LogSlow(ILogger logger, string operation, int status, double milliseconds, double requestUnits);
}
