using Klanten.Core.Model;

namespace Klanten.Core.Ports;

/// <summary>
/// The port to the store of klanten, their audit trails and the outbox. Every implementation passes the same contract
/// tests; what they have in common stands here, what they differ in stays inside them.
/// </summary>
/// <remarks>
/// A store that is out of capacity throws <see cref="StoreBusyException"/>. All other exceptions are faults of the
/// store itself. No method has changed anything when it throws before its commit was sent.
/// </remarks>
public interface IKlantStore
{
    /// <summary>Reads one klant; null when there is none.</summary>
    ValueTask<StoredKlant?> ReadAsync(KlantId id, CancellationToken cancellationToken);

    /// <summary>Reads a page, oldest klant first, with the exact count; null when the list has no such page.</summary>
    ValueTask<KlantPage?> ListAsync(KlantFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Whether another klant than <paramref name="except"/> has this klantnummer within the bronorganisatie.</summary>
    ValueTask<bool> IsTakenAsync(string bronorganisatie, string klantnummer, KlantId? except, CancellationToken cancellationToken);

    /// <summary>
    /// Gives out a number that was never given out before for the bronorganisatie, whichever instance asks. A consumer
    /// may have taken it of its own accord: only the commit tells.
    /// </summary>
    /// <param name="bronorganisatie">Whose counter.</param>
    /// <param name="increment">How far to move the counter, at least 1; more than 1 leaves a gap.</param>
    /// <param name="cancellationToken">Gives up waiting; a number given out meanwhile is lost, which is allowed.</param>
    /// <returns>Counts from 1.</returns>
    ValueTask<long> NextNumberAsync(string bronorganisatie, long increment, CancellationToken cancellationToken);

    /// <summary>Takes a commit whole or not at all; once answered, it is durable.</summary>
    ValueTask<CommitResult> CommitAsync(KlantCommit commit, CancellationToken cancellationToken);

    /// <summary>For adding many klanten, until what is returned is disposed of; klanten may be found slower meanwhile.</summary>
    ValueTask<IBulkLoad> BeginBulkLoadAsync(CancellationToken cancellationToken);

    /// <summary>The audit trail of a klant, oldest entry first; null when there is no such klant.</summary>
    ValueTask<IReadOnlyList<AuditEntry>?> ReadAuditTrailAsync(KlantId id, CancellationToken cancellationToken);

    /// <summary>One entry of a klant's audit trail; null when there is none.</summary>
    ValueTask<AuditEntry?> ReadAuditEntryAsync(KlantId id, Guid uuid, CancellationToken cancellationToken);
}

/// <summary>Adds many klanten, faster than one by one. What is answered is as durable as any commit.</summary>
public interface IBulkLoad : IAsyncDisposable
{
    /// <summary>Takes commits of new klanten, each whole or not at all, and tells of each how it ended.</summary>
    /// <param name="commits">Some thousands at a time do best.</param>
    /// <param name="cancellationToken">Gives up before a commit is sent.</param>
    ValueTask<IReadOnlyList<CommitResult>> CommitAsync(IReadOnlyList<KlantCommit> commits, CancellationToken cancellationToken);
}

/// <summary>The store cannot take more requests now.</summary>
/// <param name="retryAfter">When to try again.</param>
public sealed class StoreBusyException(TimeSpan retryAfter) : Exception("The store is out of capacity.")
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>The store cannot hold a klant of this size; nothing was kept.</summary>
public sealed class KlantTooLargeException() : Exception("The klant is larger than the store can hold.");
