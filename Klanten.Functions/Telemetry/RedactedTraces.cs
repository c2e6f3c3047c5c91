using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace Klanten.Functions.Telemetry;

/// <summary>
/// Removes from traces every attribute that may hold a value from a request. It lists the attributes that stay, so that a new
/// attribute of a later framework version is removed too.
/// </summary>
internal sealed class RedactedTraces : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> AllowedTags = new[]
    {
        "http.request.method", "http.response.status_code", "http.route", "network.protocol.version", "url.scheme", "error.type",
    }.ToFrozenSet(StringComparer.Ordinal);

    public override void OnEnd(Activity data)
    {
        foreach (var (name, _) in data.TagObjects.ToArray())
        {
            if (!AllowedTags.Contains(name))
            {
                data.SetTag(name, null);
            }
        }
        data.TraceStateString = null;
        // Setting the status without a description removes the description.
        data.SetStatus(data.Status);
    }
}
