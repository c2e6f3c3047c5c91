using Klanten.Core.Ports;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Klanten.Functions.Telemetry;

/// <summary>
/// Whether the store answers, with the depth and the age of the outbox. Parked notifications make it degraded: the program
/// serves, but someone should look.
/// </summary>
internal sealed class StoreHealth(IServiceProvider services, TimeProvider clock) : IHealthCheck
{
    /// <summary>A check that takes longer counts as failed.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static void AddTo(IServiceCollection services) => services.AddHealthChecks().AddCheck<StoreHealth>("opslag", timeout: Timeout);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // Resolved here, since a store that cannot be opened is what this check is for.
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
            // The store logs what went wrong; here it is enough that it did.
            return HealthCheckResult.Unhealthy();
        }
    }
}
