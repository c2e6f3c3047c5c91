using System.Text.Json;
using Klanten.Core.Storage;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Klanten.Functions.Telemetry;

/// <summary>
/// <c>/healthz/live</c>: the program answers. <c>/healthz/ready</c>: its store does too; with the depth and the age of the
/// outbox. Notifications that are parked make it degraded: it serves, but someone should look.
/// </summary>
internal static class Health
{
    private const string Live = "/healthz/live";
    private const string Ready = "/healthz/ready";
    private static readonly HttpMethodMetadata Read = new([HttpMethods.Get, HttpMethods.Head]);

    public static void AddHealth(this IServiceCollection services) => services.AddHealthChecks().AddCheck<StoreHealth>("opslag", timeout: TimeSpan.FromSeconds(5));

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks(Live, new HealthCheckOptions { Predicate = _ => false }).WithName("healthz_live").WithMetadata(Read);
        app.MapHealthChecks(Ready, new HealthCheckOptions { ResponseWriter = WriteAsync }).WithName("healthz_ready").WithMetadata(Read);
    }

    private static async Task WriteAsync(HttpContext http, HealthReport report)
    {
        http.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("status"u8, report.Status.ToString());
        foreach (var (name, entry) in report.Entries)
        {
            writer.WriteStartObject(name);
            writer.WriteString("status"u8, entry.Status.ToString());
            foreach (var (key, value) in entry.Data) writer.WriteNumber(key, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
            writer.WriteEndObject();
        }
        writer.WriteEndObject();
    }

    private sealed class StoreHealth(IServiceProvider services, TimeProvider clock) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                // Asked for here, since a store that cannot be opened is what this check is for.
                var status = await services.GetRequiredService<IOutbox>().StatusAsync(cancellationToken);
                var data = new Dictionary<string, object>
                {
                    ["outboxWachtend"] = status.Waiting,
                    ["outboxOudsteSeconden"] = status.Oldest is { } oldest ? (long)(clock.GetUtcNow() - oldest).TotalSeconds : 0L,
                    ["outboxGeparkeerd"] = status.Parked,
                };
                return status.Parked > 0 ? HealthCheckResult.Degraded(data: data) : HealthCheckResult.Healthy(data: data);
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                // What went wrong is for the log of whoever uses the store; here it is enough that it did.
                return HealthCheckResult.Unhealthy();
            }
        }
    }
}
