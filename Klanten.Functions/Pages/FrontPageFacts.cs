using Klanten.Core.Ports;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Klanten.Functions.Pages;

/// <summary>What the front page tells about the program at work.</summary>
/// <param name="Counts">Null when the store does not answer.</param>
/// <param name="Health">That of the store, with the depth of the outbox, and of the other APIs.</param>
internal sealed record Facts(KlantCounts? Counts, HealthReport Health);

/// <summary>Reads the facts once in ten seconds at most, for all requests together: on Cosmos DB they cost request units.</summary>
/// <param name="store">Opens the store when it is not open yet, which may fail.</param>
/// <param name="checks">The health of the store and of the other APIs.</param>
/// <param name="clock">Says how old the facts are.</param>
internal sealed class FrontPageFacts(Func<IKlantCounts> store, HealthCheckService checks, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    private readonly Lock reading = new();
    private Task<Facts>? facts;
    private long readAt;

    public Task<Facts> ReadAsync(CancellationToken cancellationToken)
    {
        lock (reading)
        {
            if (facts is null || facts.IsFaulted || clock.GetElapsedTime(readAt) >= Lifetime)
            {
                // Shared between requests, so that the end of one does not cancel it.
                (facts, readAt) = (Task.Run(() => ReadAsync()), clock.GetTimestamp());
            }
            return facts.WaitAsync(cancellationToken);
        }
    }

    private async Task<Facts> ReadAsync()
    {
        var health = await checks.CheckHealthAsync(CancellationToken.None);
        return new(health.Status == HealthStatus.Unhealthy ? null : await ReadCountsAsync(), health);
    }

    private async Task<KlantCounts?> ReadCountsAsync()
    {
        try
        {
            return await store().ReadCountsAsync(CancellationToken.None);
        }
        catch (Exception)
        {
            // The store logs the cause itself.
            return null;
        }
    }
}
