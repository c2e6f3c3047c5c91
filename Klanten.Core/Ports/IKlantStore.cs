using Klanten.Core.Model;

namespace Klanten.Core.Ports;

/// <summary>
/// The port to the store of klanten, their audit trails and the outbox. Every implementation passes the same contract
/// tests.
/// </summary>
/// <remarks>
/// A store that is out of capacity throws <see cref="StoreBusyException"/>. Every other exception is a fault of the store
/// itself. A method that throws before it has sent its commit has changed nothing.
/// </remarks>
public interface IKlantStore
{
    /// <summary>Reads one klant; null when it does not exist.</summary>
    ValueTask<StoredKlant?> ReadAsync(KlantId id, CancellationToken cancellationToken);

    /// <summary>Reads the klanten with these uuids, for as far as they exist, in no order.</summary>
    /// <param name="ids">Some hundreds at most, each once.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    ValueTask<IReadOnlyList<StoredKlant>> ReadManyAsync(IReadOnlyCollection<KlantId> ids, CancellationToken cancellationToken);

    /// <summary>Reads a page, oldest klant first, with the exact count of the list; null when the list has no such page.</summary>
    /// <remarks>
    /// The call fixes the count and which klanten are on the page. A klant in a later chunk is as it is when that chunk is read;
    /// it is left out when by then it has been removed, or changed so that it no longer matches the filter.
    /// </remarks>
    ValueTask<KlantPage?> ListAsync(KlantFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Whether a klant other than <paramref name="except"/> has this klantnummer within the bronorganisatie.</summary>
    ValueTask<bool> IsTakenAsync(string bronorganisatie, string klantnummer, KlantId? except, CancellationToken cancellationToken);

    /// <summary>
    /// Takes successive numbers of the bronorganisatie (<see cref="GeneratedKlantnummer"/>). No two calls take the same number, on
    /// whichever instance, and none is taken again after a crash; numbers may be left out. A consumer may have chosen the number for a
    /// klant already; the commit detects that.
    /// </summary>
    /// <param name="bronorganisatie">The bronorganisatie that the numbers belong to.</param>
    /// <param name="count">How many, at least 1.</param>
    /// <param name="from">The numbers are at least this: 1, or what <see cref="FindFreeNumberAsync"/> returned.</param>
    /// <param name="cancellationToken">Cancels the call; numbers that were taken already are then never used.</param>
    /// <returns>The first of the numbers. They may be past the last that has a klantnummer.</returns>
    ValueTask<long> TakeNumbersAsync(string bronorganisatie, long count, long from, CancellationToken cancellationToken);

    /// <summary>The first number from <paramref name="from"/> on that no klant of the bronorganisatie has as its klantnummer.</summary>
    ValueTask<long> FindFreeNumberAsync(string bronorganisatie, long from, CancellationToken cancellationToken);

    /// <summary>Applies a commit, atomically. Once the result is <see cref="CommitResult.Committed"/>, it is durable.</summary>
    /// <exception cref="KlantTooLargeException">The klant is larger than the store can hold.</exception>
    ValueTask<CommitResult> CommitAsync(KlantCommit commit, CancellationToken cancellationToken);

    /// <summary>For adding many klanten, until what is returned is disposed of; klanten may be found slower meanwhile.</summary>
    /// <param name="cancellationToken">Also cuts short what the disposal would do for the speed of finding klanten.</param>
    ValueTask<IBulkLoad> BeginBulkLoadAsync(CancellationToken cancellationToken);

    /// <summary>Reads the audit trail of a klant, oldest entry first; null when the klant does not exist.</summary>
    /// <remarks>
    /// The call fixes where the trail ends: entries never change, so all chunks together are the trail of that moment. A later
    /// chunk throws <see cref="KlantRemovedException"/> when the klant, and with it the trail, has been removed since.
    /// </remarks>
    ValueTask<Chunk<AuditEntry>?> ReadAuditTrailAsync(KlantId id, CancellationToken cancellationToken);

    /// <summary>Reads one entry of the audit trail of a klant; null when it does not exist.</summary>
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

/// <summary>The store is out of capacity; a later attempt may succeed.</summary>
/// <param name="retryAfter">The time to wait before that attempt.</param>
public sealed class StoreBusyException(TimeSpan retryAfter) : Exception("The store is out of capacity.")
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>The klant is larger than the store can hold; nothing was changed.</summary>
public sealed class KlantTooLargeException() : Exception("The klant is larger than the store can hold.");

/// <summary>The klant was removed while its audit trail was being read, so the rest of the trail is gone.</summary>
public sealed class KlantRemovedException() : Exception("The klant was removed while its audit trail was being read.");
