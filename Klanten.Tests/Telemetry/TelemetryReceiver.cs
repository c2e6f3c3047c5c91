using System.Text;
using Klanten.Tests.Support;

namespace Klanten.Tests.Telemetry;

/// <summary>A collector on loopback. What arrives is protobuf, in which text is plain UTF-8.</summary>
internal sealed class TelemetryReceiver : IAsyncDisposable
{
    private readonly FakeApi fakeApi;

    private TelemetryReceiver(FakeApi fakeApi) => this.fakeApi = fakeApi;

    /// <summary>The configuration of a program that exports everything to it, without delay.</summary>
    public Dictionary<string, string?> Settings => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = fakeApi.Root,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "50",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "100",
    };

    public static async Task<TelemetryReceiver> StartAsync() => new(await FakeApi.StartAsync(FakeApi.With(200)));

    public bool Traces(string text) => Has("/v1/traces", text);

    public bool Metrics(string text) => Has("/v1/metrics", text);

    public bool Logs(string text) => Has("/v1/logs", text);

    public IReadOnlyList<byte[]> All => [.. fakeApi.Received.Select(r => r.Bytes)];

    public ValueTask DisposeAsync() => fakeApi.DisposeAsync();

    private bool Has(string path, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return fakeApi.Received.Any(r => r.PathAndQuery == path && r.Bytes.AsSpan().IndexOf(bytes) >= 0);
    }
}
