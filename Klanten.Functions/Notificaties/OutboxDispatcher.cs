using Klanten.Core.Ports;
using Klanten.Functions.Telemetry;

namespace Klanten.Functions.Notificaties;

/// <summary>Delivers the notifications in the outbox.</summary>
public interface IOutboxDelivery
{
    /// <summary>Delivers until no entry is due.</summary>
    Task DrainAsync(CancellationToken cancellationToken);
}

/// <summary>
/// Delivers the notifications in the outbox, at least once. It may be stopped at any moment: an entry is removed only after
/// the API accepted it, and when a process dies its entries are available again once their lease expires.
/// </summary>
internal sealed partial class OutboxDispatcher(
    IOutbox outbox, NotificatiesClient client, KlantenMetrics metrics, TimeProvider clock, ILogger<OutboxDispatcher> logger)
    : IOutboxDelivery
{
    /// <summary>Entries leased at once. They are delivered concurrently, because each is of another klant.</summary>
    public const int BatchSize = 32;

    private readonly SteadyClock steady = new(clock);

    private delegate ValueTask<IReadOnlyList<OutboxEntry>> Search(
        int count, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken);

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await DeliverBatchAsync(outbox.LeaseAsync, cancellationToken) > 0)
        {
        }
    }

    /// <summary>Attempts one batch of the entries that are due; returns how many there were.</summary>
    public Task<int> DeliverBatchAsync(CancellationToken cancellationToken) => DeliverBatchAsync(outbox.LeaseAsync, cancellationToken);

    /// <summary>Attempts one batch of the entries that are due where this instance has committed; returns how many there were.</summary>
    public Task<int> DeliverCommittedAsync(CancellationToken cancellationToken) =>
        DeliverBatchAsync(outbox.LeaseCommittedAsync, cancellationToken);

    private async Task<int> DeliverBatchAsync(Search search, CancellationToken cancellationToken)
    {
        var entries = await search(BatchSize, steady.Now(), OutboxTimes.Lease, cancellationToken);
        await Task.WhenAll(entries.Select(entry => DeliverAsync(entry, cancellationToken)));
        return entries.Count;
    }

    private async Task DeliverAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        if (await client.PublishAsync(entry.Notificatie, cancellationToken))
        {
            // Not cancelled when the program stops, because the notification would then be delivered a second time.
            await outbox.DeliveredAsync(entry, CancellationToken.None);
            metrics.NotificationTried("delivered");
            return;
        }
        var next = RetrySchedule.Next(entry.Attempts, steady.Now(), Random.Shared.NextDouble());
        await outbox.FailedAsync(entry, next, cancellationToken);
        if (next is null)
        {
            metrics.NotificationTried("parked");
            LogParked(logger, entry.Attempts);
            return;
        }
        metrics.NotificationTried("failed");
        LogFailed(logger, entry.Attempts, next.Value);
    }

    /// <remarks>Not a warning: the client logs once that the API fails, and every notification that waits would repeat it.</remarks>
    [LoggerMessage(LogLevel.Debug, "A notification was not delivered at attempt {Attempt}; next attempt at {Next:O}")]
    private static partial void LogFailed(ILogger logger, int attempt, DateTimeOffset next);

    [LoggerMessage(
        LogLevel.Error, "A notification was not delivered at attempt {Attempt} and is parked; notificaties-hervatten retries it")]
    private static partial void LogParked(ILogger logger, int attempt);
}
