using System.Globalization;
using System.Text.Json;
using Klanten.Functions.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Klanten.Functions.Operations;

/// <summary>
/// <c>/healthz/live</c>: the program runs. <c>/healthz/ready</c>: its store is reachable (503 when it is not), with the depth
/// and the age of the outbox.
/// </summary>
public sealed class Health(HealthCheckService checks)
{
    [Function("healthz_live")]
    public async Task<IResult> LiveAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "healthz/live")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(_ => false, cancellationToken);
        return Results.Text(report.Status.ToString());
    }

    [Function("healthz_ready")]
    public async Task<IResult> ReadyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "healthz/ready")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        request.HttpContext.Response.Headers.CacheControl = "no-store, no-cache";
        var isUnhealthy = report.Status == HealthStatus.Unhealthy;
        return new JsonAnswer(Write(report), isUnhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }

    private static PooledBuffer Write(HealthReport report)
    {
        var buffer = new PooledBuffer(512);
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("status"u8, report.Status.ToString());
        foreach (var (name, entry) in report.Entries)
        {
            writer.WriteStartObject(name);
            writer.WriteString("status"u8, entry.Status.ToString());
            foreach (var (key, value) in entry.Data)
            {
                Write(writer, key, value);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
        writer.Flush();
        return buffer;
    }

    private static void Write(Utf8JsonWriter writer, string key, object value)
    {
        if (value is string text)
        {
            writer.WriteString(key, text);
        }
        else
        {
            writer.WriteNumber(key, Convert.ToInt64(value, CultureInfo.InvariantCulture));
        }
    }
}
