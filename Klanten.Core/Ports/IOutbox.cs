using Klanten.Core.Model;

namespace Klanten.Core.Ports;

/// <summary>A notification that one instance holds on to while it delivers it.</summary>
/// <param name="Notificatie">What to deliver.</param>
/// <param name="Attempts">Deliveries begun, this one included.</param>
/// <param name="Lease">What the store finds the entry by.</param>
public sealed record OutboxEntry(Notificatie Notificatie, int Attempts, OutboxLease Lease);

/// <summary>What waits to be delivered.</summary>
/// <param name="Waiting">Entries that will be delivered.</param>
/// <param name="Oldest">When the oldest of these was made; null when none waits.</param>
/// <param name="Parked">Entries that were given up on, until someone resumes them.</param>
public sealed record OutboxStatus(long Waiting, DateTimeOffset? Oldest, long Parked);

/// <summary>
/// The port to the notifications that commits left behind. Each is delivered at least once; those of one klant in order;
/// several instances share the work, each entry held by one of them at a time.
/// </summary>
public interface IOutbox
{
    /// <summary>
    /// Holds entries for delivery: of each klant only its oldest, and none that another instance holds or that must wait
    /// before a next attempt.
    /// </summary>
    /// <param name="count">At most this many.</param>
    /// <param name="now">The moment.</param>
    /// <param name="lease">After this long another instance may take the entry over.</param>
    /// <param name="cancellationToken">Gives up; entries held by then come free after the lease.</param>
    ValueTask<IReadOnlyList<OutboxEntry>> LeaseAsync(int count, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>The entry was delivered: it leaves the outbox.</summary>
    ValueTask DeliveredAsync(OutboxEntry entry, CancellationToken cancellationToken);

    /// <summary>The entry was not delivered: it waits until the moment given, or is parked when there is none.</summary>
    ValueTask FailedAsync(OutboxEntry entry, DateTimeOffset? retryAt, CancellationToken cancellationToken);

    /// <summary>Lets every parked entry be delivered again, as if it were never tried; returns how many.</summary>
    ValueTask<long> ResumeAsync(CancellationToken cancellationToken);

    ValueTask<OutboxStatus> StatusAsync(CancellationToken cancellationToken);

    /// <summary>Returns when this instance has committed a notification since the last call, or after <paramref name="atMost"/>.</summary>
    ValueTask WaitAsync(TimeSpan atMost, CancellationToken cancellationToken);
}
