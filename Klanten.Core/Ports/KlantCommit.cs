using Klanten.Core.Model;

namespace Klanten.Core.Ports;

/// <summary>A klant as a store holds it.</summary>
/// <param name="Id">The uuid of the klant.</param>
/// <param name="Json">The representation without url, made by <see cref="KlantJson"/>.</param>
/// <param name="Version">The version, with which the next write of the klant detects changes by other requests.</param>
public sealed record StoredKlant(KlantId Id, ReadOnlyMemory<byte> Json, StoreVersion Version);

/// <summary>One page of a list, with the exact count of the whole list.</summary>
/// <param name="Count">The number of klanten that match the filter.</param>
/// <param name="Number">The number of this page, from 1.</param>
/// <param name="Klanten">The klanten of the page, oldest first.</param>
public sealed record KlantPage(long Count, int Number, Chunk<StoredKlant> Klanten);

/// <summary>
/// One write: the klant before and after, the audit entry and the notification. A store applies it atomically.
/// </summary>
public sealed record KlantCommit
{
    public required KlantId Id { get; init; }

    /// <summary>
    /// The klant as the use case read it; null when the klant is new. The store refuses the commit when the klant has been
    /// changed since.
    /// </summary>
    public StoredKlant? Before { get; init; }

    /// <summary>The klant as it becomes; null when it is removed, together with its audit trail.</summary>
    public Klant? After { get; init; }

    /// <summary>The representation of <see cref="After"/> to store.</summary>
    public ReadOnlyMemory<byte> AfterJson { get; init; }

    /// <summary>The entry to add to the audit trail; null when the klant is removed.</summary>
    public AuditEntry? AuditEntry { get; init; }

    /// <summary>The notification to send; null when no Notificaties API is configured.</summary>
    public Notificatie? Notificatie { get; init; }
}

/// <summary>The result of a commit. With any result but <see cref="Committed"/> nothing was changed.</summary>
public enum CommitResult
{
    /// <summary>The commit was applied and is durable.</summary>
    Committed,

    /// <summary>Another klant of the bronorganisatie has the klantnummer (kla-001).</summary>
    KlantnummerTaken,

    /// <summary>Another request changed or removed the klant after it was read: the use case must start again.</summary>
    Changed,
}
