using System.Diagnostics.Metrics;
using Klanten.Core.Ports;

namespace Klanten.Functions.Telemetry;

/// <summary>The metrics of this program. Their tags are codes and outcomes, never a value from a request.</summary>
internal sealed class KlantenMetrics
{
    public const string MeterName = "Klanten";

    private readonly TimeProvider clock;
    private readonly Counter<long> storeFaults;
    private readonly Counter<long> rejectedTokens;
    private readonly Counter<long> subjectLookups;
    private readonly Counter<long> notifications;
    private readonly Counter<long> externalCalls;
    private readonly Counter<double> requestUnits;
    private readonly Counter<long> unknownParameters;
    private readonly Counter<long> shedRequests;
    private readonly Counter<long> sqliteFaults;
    private volatile OutboxStatus outbox = new(0, null, 0);

    public KlantenMetrics(IMeterFactory factory, TimeProvider clock)
    {
        this.clock = clock;
        var meter = factory.Create(MeterName);
        storeFaults = meter.CreateCounter<long>(
            "klanten.store.faults", "{request}", "Requests to the store that failed, by operation, status and substatus.");
        rejectedTokens = meter.CreateCounter<long>("klanten.tokens.rejected", "{token}", "Tokens refused, by code.");
        subjectLookups = meter.CreateCounter<long>("klanten.subject.lookups", "{lookup}", "Subjects fetched, by outcome.");
        notifications = meter.CreateCounter<long>("klanten.notifications", "{notification}", "Notifications tried, by outcome.");
        externalCalls = meter.CreateCounter<long>(
            "klanten.external.calls", "{call}", "Calls of other APIs, by API and by status or kind of failure.");
        requestUnits = meter.CreateCounter<double>(
            "klanten.cosmos.request_units", "{RU}", "Request units charged by Cosmos DB, by operation.");
        unknownParameters = meter.CreateCounter<long>(
            "klanten.filters.unknown", "{request}", "Lists asked with a parameter that is no filter.");
        shedRequests = meter.CreateCounter<long>(
            "klanten.requests.shed", "{request}", "Writes refused for lack of room, by what there was too much of.");
        sqliteFaults = meter.CreateCounter<long>(
            "klanten.sqlite.faults", "{fault}", "Faults that SQLite reported, by primary and extended result code.");
        meter.CreateObservableGauge(
            "klanten.outbox.depth", () => outbox.Waiting, "{notification}", "Notifications that wait to be delivered.");
        meter.CreateObservableGauge(
            "klanten.outbox.parked", () => outbox.Parked, "{notification}", "Notifications that were given up on.");
        meter.CreateObservableGauge("klanten.outbox.age", OutboxAge, "s", "Age of the oldest notification that waits.");
    }

    /// <summary>Counts a request to the store that failed, with the store's own codes.</summary>
    public void StoreFailed(string operation, int status, int substatus) =>
        storeFaults.Add(1, Tag("operation", operation), new("status", status), new("substatus", substatus));

    public void TokenRejected(string code) => rejectedTokens.Add(1, Tag("code", code));

    public void SubjectLookedUp(bool exists) => subjectLookups.Add(1, Tag("outcome", exists ? "ok" : "bad-url"));

    public void NotificationTried(string outcome) => notifications.Add(1, Tag("outcome", outcome));

    /// <summary>Counts the request only: the name that was sent may be anything.</summary>
    public void UnknownParameterSent() => unknownParameters.Add(1);

    /// <param name="limit"><c>verzoeken</c> or <c>inhoud</c>: the limit that was reached.</param>
    public void RequestShed(string limit) => shedRequests.Add(1, Tag("limit", limit));

    /// <param name="api">notificaties, autorisaties or subjecten.</param>
    /// <param name="status">The status of the answer, or the kind of failure.</param>
    public void ExternalApiCalled(string api, string status) => externalCalls.Add(1, Tag("api", api), Tag("status", status));

    public void AddRequestUnits(string operation, double units) => requestUnits.Add(units, Tag("operation", operation));

    /// <param name="code">SQLite's primary result code (sqlite.org/rescode.html).</param>
    /// <param name="extendedCode">SQLite's extended result code.</param>
    public void SqliteFault(int code, int extendedCode) => sqliteFaults.Add(
        1, new KeyValuePair<string, object?>("code", code), new KeyValuePair<string, object?>("extended_code", extendedCode));

    /// <summary>Sets the values of the outbox gauges.</summary>
    public void SetOutboxStatus(OutboxStatus status) => outbox = status;

    private double OutboxAge() => outbox.Age(clock.GetUtcNow()).TotalSeconds;

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
