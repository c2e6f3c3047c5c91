using Klanten.Core.Model;

namespace Klanten.Core.Ports;

/// <summary>A notification that this instance has leased in order to deliver it.</summary>
/// <param name="Notificatie">The notification.</param>
/// <param name="Attempts">The number of attempts to deliver it, the current one included.</param>
/// <param name="Lease">The lease, by which the store finds the entry again.</param>
public sealed record OutboxEntry(Notificatie Notificatie, int Attempts, OutboxLease Lease);

/// <summary>How long entries are kept from being delivered.</summary>
public static class OutboxTimes
{
    /// <summary>The length of a lease: longer than a delivery may take.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>
    /// The longest wait for a next attempt. A stored moment further away was written by a clock that has been set back since, so
    /// its entry is due.
    /// </summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(15);
}

/// <summary>The state of the outbox as a whole.</summary>
/// <param name="Waiting">The number of entries that are still to be delivered; a store may stop counting at 1,000.</param>
/// <param name="Oldest">The moment at which the oldest of these was made; null when there are none.</param>
/// <param name="Parked">The number, likewise, that are no longer tried until <see cref="IOutbox.ResumeAsync"/> is called.</param>
public sealed record OutboxStatus(long Waiting, DateTimeOffset? Oldest, long Parked)
{
    /// <summary>The time that the oldest entry has waited; zero when there are none, or when the clock was set back.</summary>
    public TimeSpan Age(DateTimeOffset now) => Oldest is { } oldest && oldest < now ? now - oldest : TimeSpan.Zero;
}

/// <summary>What <see cref="IOutbox.ResumeAsync"/> did.</summary>
/// <param name="Parked">The number of parked entries that wait again, as if never tried.</param>
/// <param name="Waiting">The number of entries that waited for their next attempt and are due now.</param>
public sealed record OutboxResumption(long Parked, long Waiting);

/// <summary>
/// The port to the notifications of earlier commits (transactional outbox, ADR 5). Each is delivered at least once, and
/// those of one klant in the order of its writes. Several instances share the work: an entry is leased by one at a time.
/// </summary>
public interface IOutbox
{
    /// <summary>
    /// How often to call <see cref="LeaseAsync"/> without a reason: for entries whose next attempt is due and for those that another
    /// instance left behind. It is as long as such a search is expensive.
    /// </summary>
    TimeSpan SearchInterval { get; }

    /// <summary>
    /// Leases entries for delivery: of each klant only the oldest, and none that another instance has leased or whose next
    /// attempt is not due yet. A moment more than <see cref="OutboxTimes.MaxDelay"/> away counts as due.
    /// </summary>
    /// <param name="count">The maximum number of entries.</param>
    /// <param name="now">The current moment.</param>
    /// <param name="lease">The length of the lease; when it has ended another instance may lease the entry.</param>
    /// <param name="cancellationToken">Cancels the call; entries leased by then become available when the lease ends.</param>
    ValueTask<IReadOnlyList<OutboxEntry>> LeaseAsync(int count, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Leases entries as <see cref="LeaseAsync"/>, but may search only where this instance has committed notifications.</summary>
    ValueTask<IReadOnlyList<OutboxEntry>> LeaseCommittedAsync(
        int count, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Removes an entry that was delivered.</summary>
    ValueTask DeliveredAsync(OutboxEntry entry, CancellationToken cancellationToken);

    /// <summary>Ends the lease of an entry that was not delivered. It has no effect when the lease was lost.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="retryAt">The moment of the next attempt; null to park the entry.</param>
    /// <param name="cancellationToken">Cancels the call; the entry then becomes available when the lease ends.</param>
    ValueTask FailedAsync(OutboxEntry entry, DateTimeOffset? retryAt, CancellationToken cancellationToken);

    /// <summary>
    /// Makes every parked entry due again, with its attempts set to zero, and every entry that waits for its next attempt. What is
    /// due within <see cref="OutboxTimes.Lease"/> is left as it is, because it may be leased.
    /// </summary>
    /// <param name="now">The current moment.</param>
    /// <param name="cancellationToken">Stops before all entries are due.</param>
    ValueTask<OutboxResumption> ResumeAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Reads the state of the outbox, at a cost that does not depend on how many entries wait.</summary>
    ValueTask<OutboxStatus> StatusAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Waits until this instance commits a notification, or has done so since the previous call, but no longer than
    /// <paramref name="atMost"/>.
    /// </summary>
    /// <returns>Whether it has committed one.</returns>
    ValueTask<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken);
}
