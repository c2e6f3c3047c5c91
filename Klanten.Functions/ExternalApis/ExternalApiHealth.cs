using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Klanten.Functions.ExternalApis;

/// <summary>
/// Health of the APIs of one kind, by what their calls gave; it calls nothing itself. One that has failed for some minutes makes
/// the program degraded and not unhealthy: it serves, and another instance would fare no better.
/// </summary>
/// <param name="states">The states of all APIs.</param>
/// <param name="tag">The kind.</param>
internal sealed class ExternalApiHealth(ExternalApiStates states, string tag) : IHealthCheck
{
    private static readonly TimeSpan DegradedAfter = TimeSpan.FromMinutes(3);

    /// <summary>Adds the health of a kind of API when the configuration has one.</summary>
    /// <typeparam name="TOptions">The section that says so.</typeparam>
    /// <param name="services">The services of the program.</param>
    /// <param name="tag">The kind, which is its key in the JSON of health too.</param>
    /// <param name="isConfigured">Whether there is such an API.</param>
    public static void AddTo<TOptions>(IServiceCollection services, string tag, Func<TOptions, bool> isConfigured)
        where TOptions : class =>
        services.AddOptions<HealthCheckServiceOptions>().Configure<Microsoft.Extensions.Options.IOptions<TOptions>>((health, options) =>
        {
            if (isConfigured(options.Value))
            {
                health.Registrations.Add(new(
                    tag, provider => new ExternalApiHealth(provider.GetRequiredService<ExternalApiStates>(), tag), null, null));
            }
        });

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var longest = states.FailuresOf(tag).DefaultIfEmpty().Max();
        var data = new Dictionary<string, object> { ["foutSindsSeconden"] = (long)longest.TotalSeconds };
        return Task.FromResult(longest >= DegradedAfter ? HealthCheckResult.Degraded(data: data) : HealthCheckResult.Healthy(data: data));
    }
}
