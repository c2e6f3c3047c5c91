using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>What the store asks of Cosmos DB: request units and time, by kind of request and answer. No ids, no values.</summary>
internal sealed partial class CosmosMetrics(IMeterFactory meters, ILogger<CosmosMetrics> logger)
{
    public const string MeterName = "Klanten.Cosmos";

    /// <summary>A request that takes longer than this is worth a line in the log.</summary>
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(500);

    private readonly Histogram<double> charge = meters.Create(MeterName)
        .CreateHistogram<double>("klanten.cosmos.request_charge", "{RU}", "Request units of one request to Cosmos DB.");

    private readonly Histogram<double> duration = meters.Create(MeterName)
        .CreateHistogram<double>("klanten.cosmos.duration", "s", "Time that one request to Cosmos DB took, the SDK's own retries included.");

    public void Record(string operation, HttpStatusCode status, double requestCharge, TimeSpan elapsed)
    {
        var tags = new TagList { { "operation", operation }, { "status", (int)status } };
        charge.Record(requestCharge, tags);
        duration.Record(elapsed.TotalSeconds, tags);
        if (elapsed > Slow) LogSlow(logger, operation, (int)status, elapsed.TotalMilliseconds, requestCharge);
    }

    [LoggerMessage(LogLevel.Warning, "Cosmos DB: {Operation} ended in {Status} after {Milliseconds:F0} ms, {RequestUnits:F1} RU")]
    private static partial void LogSlow(ILogger logger, string operation, int status, double milliseconds, double requestUnits);
}
