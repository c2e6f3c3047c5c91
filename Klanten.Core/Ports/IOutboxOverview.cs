using Klanten.Core.Model;

namespace Klanten.Core.Ports;

/// <summary>A notification in the outbox, as an operator may see it: without personal data.</summary>
/// <param name="Klant">The klant.</param>
/// <param name="Actie">What happened to the klant.</param>
/// <param name="Since">The moment of the commit that left it.</param>
/// <param name="Attempts">The number of deliveries that were begun.</param>
/// <param name="NextAttempt">The moment before which it is not tried again; null when it was not tried yet, or is parked.</param>
/// <param name="Parked">Whether it is no longer tried.</param>
public sealed record OutboxLine(KlantId Klant, Actie Actie, DateTimeOffset Since, int Attempts, DateTimeOffset? NextAttempt, bool Parked);

/// <summary>The port for an operator who looks into the outbox. It changes nothing, and works beside a program that serves.</summary>
public interface IOutboxOverview
{
    /// <summary>Reads the state of the outbox and its oldest notifications.</summary>
    /// <param name="count">The maximum number of notifications.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<(OutboxStatus Status, IReadOnlyList<OutboxLine> Oldest)> ReadAsync(int count, CancellationToken cancellationToken);
}
