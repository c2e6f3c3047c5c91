using System.Net;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Cosmos.Documents;
using Klanten.Functions.Storage.Cosmos.Requests;

namespace Klanten.Functions.Storage.Cosmos.Moves;

/// <summary>
/// Moves a klant from one partition to another. Cosmos DB has no transaction across partitions, so a move takes three (ADR 10):
/// 1. Claim: the new partition gets a pending klant with the klantnummer.
/// 2. Depart: in the old partition a forward replaces the klant. This is the commit point of the move.
/// 3. Arrive: the pending klant becomes the klant, and its audit entry and notification become visible.
/// Each is refused when its documents have changed. Any process that finds a pending move can therefore complete it, also while
/// others try the same.
/// </summary>
/// <remarks>Decisions are based on writes that were refused, never on a read alone, because a read may come from a stale replica.</remarks>
internal sealed class CosmosMoves(CosmosAccess access, CosmosWriter writer, CosmosTrails trails)
{
    private const int MaxAttempts = 4;

    /// <summary>Carries out a commit that changes the bronorganisatie.</summary>
    public async Task<CommitResult> MoveAsync(KlantCommit commit)
    {
        var before = CosmosVersion.From(commit.Before!.Version);
        if (before.TrailStillIn is not null)
        {
            // A klant names one previous partition, so the trail of the previous move is finished first. That changes the ETag, and
            // the use case reads the klant again.
            await trails.FinishAsync(before.Bronorganisatie, commit.Id);
            return CommitResult.Changed;
        }
        var (result, pending) = await ClaimAsync(Pending(commit, before));
        if (result != CommitResult.Committed) return result;
        if (!await DepartOrUndoAsync(pending))
        {
            await AbortAsync(pending);
            return CommitResult.Changed;
        }
        try
        {
            await ArriveAsync(pending);
        }
        catch (Exception exception) when (exception is CosmosStoreException or StoreBusyException)
        {
            // The move has been committed. The next process that finds the pending klant completes the arrival.
        }
        return CommitResult.Committed;
    }

    /// <summary>
    /// Ends the move of another process: completes it if the klant can still depart, and undoes it otherwise. The caller must read
    /// the klant again.
    /// </summary>
    public async Task EndAsync(KlantDocument pending)
    {
        if (await ReadDepartureFateAsync(pending) != WriteFate.Done)
        {
            if (!pending.Move!.TakenOver)
            {
                var taken = await TakeOverAsync(pending);
                if (taken is null) return;
                pending = taken;
            }
            if (!await DepartAsync(pending))
            {
                await AbortAsync(pending);
                return;
            }
        }
        await ArriveAsync(pending);
    }

    private static KlantDocument Pending(KlantCommit commit, CosmosVersion before)
    {
        var destination = commit.After!.Bronorganisatie;
        var entry = commit.AuditEntry!;
        var number = before.AuditCount + 1;
        return new()
        {
            Id = commit.Id,
            Bronorganisatie = destination,
            Klantnummer = commit.After.Klantnummer,
            SortKey = before.SortKey,
            AuditCount = number,
            Commit = entry.Uuid,
            Filters = KlantDocument.FilterValuesOf(commit.After),
            Json = commit.AfterJson,
            HasMoved = true,
            Move = new(
                before.Bronorganisatie,
                before.ETag,
                RestoresForward: false,
                TakenOver: false,
                AuditDocument.Create(destination, commit.Id, number, before.LastEntry, entry).ToJson(),
                OutboxDocument.Create(commit, destination, entry.Uuid, number, hasMoved: true)?.ToJson() ?? default),
        };
    }

    /// <returns>The pending klant as it was written; only meaningful when the result is Committed.</returns>
    private async Task<(CommitResult Result, KlantDocument Pending)> ClaimAsync(KlantDocument pending)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            switch (await access.ReadAsync(pending.Bronorganisatie, pending.Id, CancellationToken.None))
            {
                case KlantDocument { Move: not null } other:
                    await EndAsync(other);
                    return (CommitResult.Changed, pending);
                case KlantDocument or Forward { To: null }:
                    return (CommitResult.Changed, pending);
                case var forward:
                    pending = pending with { Move = pending.Move! with { RestoresForward = forward is not null } };
                    var (answer, written) = await SendClaimAsync(pending, forward);
                    if (answer.Succeeded) return (CommitResult.Committed, written);
                    if (IsOutdated(answer)) return (CommitResult.Changed, pending);
                    if (answer.Code != HttpStatusCode.Conflict) throw new CosmosStoreException("move.claim", answer.Status);
                    var holder = await access.ReadHolderAsync(pending.Bronorganisatie, pending.Klantnummer, CancellationToken.None);
                    if (holder is { Move: null })
                        return (holder.Id == pending.Id ? CommitResult.Changed : CommitResult.KlantnummerTaken, pending);
                    if (holder is not null) await EndAsync(holder);
                    break;
            }
        }
        // As in CosmosCommits: no klant was found that has the klantnummer.
        throw new CosmosStoreException("move.claim", HttpStatusCode.ServiceUnavailable);
    }

    /// <returns>The answer, and if it succeeded the pending klant with its ETag.</returns>
    private async Task<(WriteAnswer Answer, KlantDocument Claimed)> SendClaimAsync(KlantDocument pending, KlantSlot? forward)
    {
        Step claim = forward is null
            ? new Step.Create(pending.ToJson())
            : new Step.Replace(pending.Id.ToString(), pending.ToJson(), forward.ETag);
        KlantDocument? found = null;
        Step[] steps = [claim, new Step.AddToCounts(pending.Id, 0, 1)];
        var answer = await writer.SendAsync("move.claim", pending.Bronorganisatie, steps, async () =>
        {
            var current = await access.ReadAsync(pending.Bronorganisatie, pending.Id, CancellationToken.None);
            if (current?.Commit == pending.Commit) found = current as KlantDocument;
            return found is null ? WriteFate.NotDone : WriteFate.Done;
        });
        return (answer, found ?? pending with { ETag = answer.ETag ?? "" });
    }

    /// <summary>
    /// Departs. When the old partition is too busy, the move is undone: "busy" promises the consumer that nothing happened. If it
    /// cannot be undone any more, the result is unknown and the exception says so.
    /// </summary>
    private async Task<bool> DepartOrUndoAsync(KlantDocument pending)
    {
        try
        {
            return await DepartAsync(pending);
        }
        catch (StoreBusyException)
        {
            if (await TryUndoAsync(pending)) throw;
            throw new CosmosStoreException("move.depart", HttpStatusCode.TooManyRequests);
        }
    }

    private async Task<bool> TryUndoAsync(KlantDocument pending)
    {
        try
        {
            return await AbortAsync(pending);
        }
        catch (StoreBusyException)
        {
            return false;
        }
    }

    /// <summary>The commit point of the move.</summary>
    /// <returns>False when the klant has changed since the claim: the move can then never be completed.</returns>
    private async Task<bool> DepartAsync(KlantDocument pending)
    {
        var origin = pending.Move!.From;
        var forward = new Forward { Id = pending.Id, Bronorganisatie = origin, Commit = pending.Commit, To = pending.Bronorganisatie };
        var depart = new Step.Replace(pending.Id.ToString(), forward.ToJson(), pending.Move.FromETag);
        var answer = await writer.SendAsync(
            "move.depart", origin, [depart, new Step.AddToCounts(pending.Id, -1, 0)], () => ReadDepartureFateAsync(pending));
        if (!answer.Succeeded && !IsOutdated(answer)) throw new CosmosStoreException("move.depart", answer.Status);
        return answer.Succeeded;
    }

    /// <summary>Whether a write was refused because the document no longer exists or no longer has the given ETag.</summary>
    private static bool IsOutdated(WriteAnswer answer) => answer.Code is HttpStatusCode.NotFound or HttpStatusCode.PreconditionFailed;

    private async Task<WriteFate> ReadDepartureFateAsync(KlantDocument pending)
    {
        var left = await access.ReadAsync(pending.Move!.From, pending.Id, CancellationToken.None);
        return left is Forward && left.Commit == pending.Commit ? WriteFate.Done : WriteFate.NotDone;
    }

    /// <remarks>
    /// Refused when another process has taken the move over or ended it. That process goes on with it, or the next that finds the klant.
    /// </remarks>
    private async Task ArriveAsync(KlantDocument pending)
    {
        var move = pending.Move!;
        var arrived = pending with { Move = null, TrailStillIn = move.From };
        var answer = await writer.SendAsync(
            "move.arrive",
            pending.Bronorganisatie,
            [
                new Step.Replace(pending.Id.ToString(), arrived.ToJson(), pending.ETag),
                new Step.Create(move.AuditEntry),
                .. move.Notificatie.IsEmpty ? Array.Empty<Step>() : [new Step.Create(move.Notificatie)],
                new Step.AddToCounts(pending.Id, 1, -1),
            ]);
        if (answer is { Succeeded: true, ETag: { } etag }) await trails.FinishAsync(arrived with { ETag = etag });
    }

    /// <summary>Marks the move as taken over, which changes the ETag, so that the process that began it can no longer undo it.</summary>
    /// <returns>The pending klant as it is now; null when the move ended or changed in the meantime.</returns>
    private async Task<KlantDocument?> TakeOverAsync(KlantDocument pending)
    {
        var taken = pending with { Move = pending.Move! with { TakenOver = true } };
        var mark = new Step.Replace(pending.Id.ToString(), taken.ToJson(), pending.ETag);
        var answer = await writer.SendAsync("move.takeover", pending.Bronorganisatie, [mark]);
        return answer is { Succeeded: true, ETag: { } etag } ? taken with { ETag = etag } : null;
    }

    /// <summary>Undoes the claim.</summary>
    /// <returns>False when the move ended or changed in the meantime, or when an answer was lost, so that this cannot be told.</returns>
    private async Task<bool> AbortAsync(KlantDocument pending)
    {
        var id = pending.Id.ToString();
        var forward = new Forward
        {
            Id = pending.Id,
            Bronorganisatie = pending.Bronorganisatie,
            Commit = pending.Commit,
            To = pending.Move!.From,
        };
        Step abort = pending.Move.RestoresForward
            ? new Step.Replace(id, forward.ToJson(), pending.ETag)
            : new Step.Delete(id, pending.ETag);
        var answer = await writer.SendAsync("move.abort", pending.Bronorganisatie, [abort, new Step.AddToCounts(pending.Id, 0, -1)]);
        return answer.Succeeded;
    }
}
