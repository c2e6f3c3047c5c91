using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace Klanten.Functions.Telemetry;

/// <summary>
/// Leaves of a trace only what cannot hold anything that someone sent. What may stay is listed, so that an attribute which
/// a later version of the framework adds does not go out unseen.
/// </summary>
internal sealed class RedactedTraces : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Harmless = new[]
    {
        "http.request.method", "http.response.status_code", "http.route", "network.protocol.version", "url.scheme", "error.type",
    }.ToFrozenSet(StringComparer.Ordinal);

    public override void OnEnd(Activity data)
    {
        foreach (var (name, _) in data.TagObjects.ToArray())
            if (!Harmless.Contains(name)) data.SetTag(name, null);
        data.TraceStateString = null;
        data.SetStatus(data.Status);
    }
}
