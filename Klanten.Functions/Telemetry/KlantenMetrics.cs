using System.Diagnostics.Metrics;
using Klanten.Core.Ports;

namespace Klanten.Functions.Telemetry;

/// <summary>What this program counts of itself. Tags are codes and outcomes: never a value that someone sent.</summary>
internal sealed class KlantenMetrics
{
    public const string MeterName = "Klanten";

    private readonly Counter<long> rejectedTokens;
    private readonly Counter<long> subjectLookups;
    private readonly Counter<long> notifications;
    private readonly Counter<double> requestUnits;
    private volatile OutboxStatus outbox = new(0, null, 0);

    public KlantenMetrics(IMeterFactory factory, TimeProvider clock)
    {
        var meter = factory.Create(MeterName);
        rejectedTokens = meter.CreateCounter<long>("klanten.tokens.rejected", "{token}", "Tokens refused, by code.");
        subjectLookups = meter.CreateCounter<long>("klanten.subject.lookups", "{lookup}", "Subjects fetched, by outcome.");
        notifications = meter.CreateCounter<long>("klanten.notifications", "{notification}", "Notifications tried, by outcome.");
        requestUnits = meter.CreateCounter<double>("klanten.cosmos.request_units", "{RU}", "Request units charged by Cosmos DB, by operation.");
        meter.CreateObservableGauge("klanten.outbox.depth", () => outbox.Waiting, "{notification}", "Notifications that wait to be delivered.");
        meter.CreateObservableGauge("klanten.outbox.parked", () => outbox.Parked, "{notification}", "Notifications that were given up on.");
        meter.CreateObservableGauge("klanten.outbox.age", () => outbox.Oldest is { } oldest ? (clock.GetUtcNow() - oldest).TotalSeconds : 0, "s", "Age of the oldest notification that waits.");
    }

    public void TokenRejected(string code) => rejectedTokens.Add(1, new KeyValuePair<string, object?>("code", code));

    public void SubjectLookedUp(bool exists) => subjectLookups.Add(1, new KeyValuePair<string, object?>("outcome", exists ? "ok" : "bad-url"));

    public void NotificationTried(string outcome) => notifications.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void AddRequestUnits(string operation, double units) => requestUnits.Add(units, new KeyValuePair<string, object?>("operation", operation));

    /// <summary>What the gauges tell until the next look.</summary>
    public void SetOutboxStatus(OutboxStatus status) => outbox = status;
}
