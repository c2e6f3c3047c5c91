using Klanten.Core.Ports;
using Klanten.Functions.Storage;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Klanten.Functions.Telemetry;

/// <summary>
/// Health of the store, with the depth and the age of the outbox. Parked notifications make it degraded: the program works,
/// but an operator has to act.
/// </summary>
internal sealed class StoreHealth(IServiceProvider services, TimeProvider clock) : IHealthCheck
{
    private const string Reason = "reden";

    /// <summary>A slower check counts as failed.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static void AddTo(IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<StoreHealth>("opslag", timeout: Timeout);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // Resolved here because that opens the store, and a failure to open it is a result of this check.
            var status = await services.GetRequiredService<IOutbox>().StatusAsync(cancellationToken);
            var data = new Dictionary<string, object>
            {
                ["outboxWachtend"] = status.Waiting,
                ["outboxOudsteSeconden"] = (long)status.Age(clock.GetUtcNow()).TotalSeconds,
                ["outboxGeparkeerd"] = status.Parked,
            };
            if (services.GetRequiredService<StoreCondition>().Fault is { } fault)
            {
                data[Reason] = Describe(fault);
                return HealthCheckResult.Unhealthy(data: data);
            }
            return status.Parked > 0 ? HealthCheckResult.Degraded(data: data) : HealthCheckResult.Healthy(data: data);
        }
        catch (StoreUnavailableException exception)
        {
            return HealthCheckResult.Unhealthy(data: new Dictionary<string, object> { [Reason] = Describe(exception.Fault) });
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The store logs the cause itself.
            return HealthCheckResult.Unhealthy();
        }
    }

    private static string Describe(StoreFault fault) => fault switch
    {
        StoreFault.Locked => "vergrendeld",
        StoreFault.Full => "vol",
        StoreFault.Replaced => "verplaatst",
        StoreFault.Damaged => "beschadigd",
        _ => "geen antwoord",
    };
}
