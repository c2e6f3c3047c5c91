using Klanten.Core.Model;

namespace Klanten.Core.Ports;

/// <summary>A klant as a store holds it.</summary>
/// <param name="Id">Its uuid.</param>
/// <param name="Json">The representation without url, made by <see cref="KlantJson"/>.</param>
/// <param name="Version">What the next write of the klant is checked against.</param>
public sealed record StoredKlant(KlantId Id, ReadOnlyMemory<byte> Json, StoreVersion Version);

/// <summary>One page of a list, with the exact count of the whole list.</summary>
/// <param name="Count">Klanten that match the filter.</param>
/// <param name="Number">Number of this page, from 1.</param>
/// <param name="Klanten">The klanten of the page, oldest first.</param>
public sealed record KlantPage(long Count, int Number, IReadOnlyList<StoredKlant> Klanten);

/// <summary>
/// One write, all of it: the klant before and after, the audit entry and the notification to send. A store takes the
/// whole or nothing.
/// </summary>
public sealed record KlantCommit
{
    public required KlantId Id { get; init; }

    /// <summary>What the use case read; null when the klant is new. The store refuses the commit when it has changed since.</summary>
    public StoredKlant? Before { get; init; }

    /// <summary>What the klant becomes; null when it is deleted, and its audit trail with it.</summary>
    public Klant? After { get; init; }

    /// <summary><see cref="After"/> as the representation to keep.</summary>
    public ReadOnlyMemory<byte> AfterJson { get; init; }

    /// <summary>The entry to add to the trail; null when the klant is deleted.</summary>
    public AuditEntry? AuditEntry { get; init; }

    /// <summary>The notification to send; null when nobody is to hear of it.</summary>
    public Notificatie? Notificatie { get; init; }
}

/// <summary>How a commit ended. Anything but <see cref="Committed"/> has changed nothing.</summary>
public enum CommitResult
{
    Committed,

    /// <summary>Another klant of the bronorganisatie has the klantnummer (kla-001).</summary>
    KlantnummerTaken,

    /// <summary>The klant was changed or deleted since it was read: read it again and redo the use case.</summary>
    Changed,
}
