using System.Net;
using Klanten.Functions.Telemetry;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>What a request to Cosmos DB cost, told without ids or values.</summary>
internal sealed partial class CosmosMetrics(KlantenMetrics metrics, ILogger<CosmosMetrics> logger)
{
    /// <summary>A request that takes longer than this, the SDK's own retries included, is worth a line in the log.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(500);

    public void Record(string operation, HttpStatusCode status, double requestUnits, TimeSpan elapsed)
    {
        metrics.AddRequestUnits(operation, requestUnits);
        if (elapsed > Slow) LogSlow(logger, operation, (int)status, elapsed.TotalMilliseconds, requestUnits);
    }

    [LoggerMessage(LogLevel.Warning, "Cosmos DB: {Operation} ended in {Status} after {Milliseconds:F0} ms, {RequestUnits:F1} RU")]
    private static partial void LogSlow(ILogger logger, string operation, int status, double milliseconds, double requestUnits);
}
