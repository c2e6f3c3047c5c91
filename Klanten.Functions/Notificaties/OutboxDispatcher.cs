using Klanten.Core.Ports;
using Klanten.Functions.Telemetry;

namespace Klanten.Functions.Notificaties;

/// <summary>Delivers the notifications that wait in the outbox.</summary>
public interface IOutboxDelivery
{
    /// <summary>Delivers until nothing is due.</summary>
    Task DrainAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Delivers what the outbox holds. Nothing depends on it being stopped in order: an entry leaves the outbox only after it
/// was taken, and one that was held by a process that died comes free when its lease ends.
/// </summary>
internal sealed partial class OutboxDispatcher(IOutbox outbox, NotificatiesClient client, KlantenMetrics metrics, TimeProvider clock, ILogger<OutboxDispatcher> logger)
    : IOutboxDelivery
{
    /// <summary>Entries held at once; each of another klant, so they are delivered side by side.</summary>
    private const int BatchSize = 32;

    /// <summary>Longer than a delivery can take, so that no entry is taken over while it is being delivered.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await DeliverSomeAsync(cancellationToken) > 0)
        {
        }
    }

    /// <summary>Tries a batch of what is due; returns how many that were.</summary>
    public async Task<int> DeliverSomeAsync(CancellationToken cancellationToken)
    {
        var entries = await outbox.LeaseAsync(BatchSize, clock.GetUtcNow(), Lease, cancellationToken);
        await Task.WhenAll(entries.Select(entry => DeliverAsync(entry, cancellationToken)));
        return entries.Count;
    }

    private async Task DeliverAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        if (await client.PublishAsync(entry.Notificatie, cancellationToken))
        {
            // Noted even when the program stops just now: else it would be sent once more.
            await outbox.DeliveredAsync(entry, CancellationToken.None);
            metrics.NotificationTried("delivered");
            return;
        }
        var next = RetrySchedule.Next(entry.Attempts, clock.GetUtcNow(), Random.Shared.NextDouble());
        await outbox.FailedAsync(entry, next, cancellationToken);
        metrics.NotificationTried(next is null ? "parked" : "failed");
        if (next is null) LogParked(logger, entry.Attempts);
        else LogFailed(logger, entry.Attempts, next.Value);
    }

    [LoggerMessage(LogLevel.Warning, "A notification was not taken at attempt {Attempt}; next attempt at {Next:O}")]
    private static partial void LogFailed(ILogger logger, int attempt, DateTimeOffset next);

    [LoggerMessage(LogLevel.Error, "A notification was not taken at attempt {Attempt} and is parked; notificaties-hervatten sends it again")]
    private static partial void LogParked(ILogger logger, int attempt);
}
