using System.Net;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// Moves a klant from one partition to another, for which Cosmos DB has no transaction. Three of them, one after another:
/// the klant claims its klantnummer in the new partition, pending; it leaves the old one, where a forward takes its
/// place (the commit point: from here on the move is made); it arrives. Each is refused when something came in between, so
/// that anybody who finds a move half done can end it, several at a time.
/// </summary>
/// <remarks>Decisions rest on refused writes, never on a read alone: a replica may lag behind.</remarks>
internal sealed class CosmosMoves(CosmosAccess access, CosmosWriter writer, CosmosTrails trails)
{
    private const int MaxAttempts = 4;

    /// <summary>
    /// A transaction has at most 2 MB. What is claimed is what arrives, in other wrapping: a little is left for that, so
    /// that no klant sets out that is too large to arrive.
    /// </summary>
    private const int MaxBytes = 2_000_000;

    /// <summary>Carries out a commit that changes the bronorganisatie.</summary>
    public async Task<CommitResult> MoveAsync(KlantCommit commit)
    {
        var before = CosmosVersion.From(commit.Before!.Version);
        if (before.TrailStillIn is not null)
        {
            // One origin at a time: the trail of the last move comes first, and changes the klant's version.
            await trails.FinishAsync(before.Bronorganisatie, commit.Id);
            return CommitResult.Changed;
        }
        var claim = Pending(commit, before);
        if (claim.ToJson().Length > MaxBytes) throw new KlantTooLargeException();
        var (result, pending) = await ClaimAsync(claim);
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
            // The move is made; whoever meets the klant next lets it arrive.
        }
        return CommitResult.Committed;
    }

    /// <summary>Ends a move that somebody began: made if the klant can still leave, undone if not. Look again afterwards.</summary>
    public async Task EndAsync(KlantDocument pending)
    {
        if (await ReadDepartureFateAsync(pending) != WriteFate.Done)
        {
            if (!pending.Move!.TakenOver)
            {
                if (await TakeOverAsync(pending) is not { } taken) return;
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

    /// <summary>The klant of a partition that has a klantnummer; a move that claims it is ended first.</summary>
    public async Task<KlantDocument?> FindHolderAsync(string bronorganisatie, string klantnummer, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var found = await access.QueryAsync("klantnummer.query", CosmosQueries.Holder(klantnummer), bronorganisatie, cancellationToken);
            if (found.Count == 0) return null;
            var holder = KlantDocument.Parse(found[0]);
            if (holder.Move is null || attempt == MaxAttempts) return holder;
            await EndAsync(holder);
        }
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
            Json = commit.AfterJson,
            Move = new(before.Bronorganisatie, before.ETag, RestoresForward: false, TakenOver: false,
                new AuditDocument(commit.Id, number, entry).ToJson(destination), CosmosCommits.Outbox(commit, destination, entry.Uuid, number)?.ToJson() ?? default),
        };
    }

    private async Task<(CommitResult Result, KlantDocument Pending)> ClaimAsync(KlantDocument pending)
    {
        var id = pending.Id.ToString();
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            switch (await access.ReadAsync(pending.Bronorganisatie, pending.Id, CancellationToken.None))
            {
                case KlantDocument { Move: not null } other:
                    await EndAsync(other);
                    return (CommitResult.Changed, pending);
                case KlantDocument or Forward { To: null }:
                    return (CommitResult.Changed, pending);
                case var stands:
                    pending = pending with { Move = pending.Move! with { RestoresForward = stands is not null } };
                    Step claim = stands is null ? new Step.Create(pending.ToJson()) : new Step.Replace(id, pending.ToJson(), stands.ETag);
                    KlantDocument? mine = null;
                    var answer = await writer.SendAsync("move.claim", pending.Bronorganisatie, [claim, new Step.AddToCounts(0, 1)], async _ =>
                    {
                        var now = await access.ReadAsync(pending.Bronorganisatie, pending.Id, CancellationToken.None);
                        if (now?.Commit == pending.Commit) mine = now as KlantDocument;
                        return mine is not null ? WriteFate.Done : now?.ETag == stands?.ETag ? WriteFate.NotDone : WriteFate.Overtaken;
                    });
                    if (answer.Succeeded) return (CommitResult.Committed, mine ?? pending with { ETag = answer.ETag! });
                    if (answer.Status is HttpStatusCode.NotFound or HttpStatusCode.PreconditionFailed) return (CommitResult.Changed, pending);
                    if (answer.Status != HttpStatusCode.Conflict) throw new CosmosStoreException("move.claim", answer.Status);
                    if (await FindHolderAsync(pending.Bronorganisatie, pending.Klantnummer, CancellationToken.None) is { } holder)
                        return (holder.Id == pending.Id ? CommitResult.Changed : CommitResult.KlantnummerTaken, pending);
                    break;
            }
        }
        return (CommitResult.KlantnummerTaken, pending);
    }

    /// <summary>
    /// Leaves the old partition. When that is too busy the move is undone, so that "busy" means that nothing happened; where
    /// it cannot be undone any more, nobody knows.
    /// </summary>
    private async Task<bool> DepartOrUndoAsync(KlantDocument pending)
    {
        try
        {
            return await DepartAsync(pending);
        }
        catch (StoreBusyException)
        {
            if (await UndoneAsync(pending)) throw;
            throw new CosmosStoreException("move.depart", HttpStatusCode.TooManyRequests);
        }
    }

    private async Task<bool> UndoneAsync(KlantDocument pending)
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

    /// <summary>The commit point. False when the klant was changed since the move began: it can never be made.</summary>
    private async Task<bool> DepartAsync(KlantDocument pending)
    {
        var origin = pending.Move!.From;
        var forward = new Forward { Id = pending.Id, Bronorganisatie = origin, Commit = pending.Commit, To = pending.Bronorganisatie };
        var answer = await writer.SendAsync("move.depart", origin,
            [new Step.Replace(pending.Id.ToString(), forward.ToJson(), pending.Move.FromETag), new Step.AddToCounts(-1, 0)],
            _ => ReadDepartureFateAsync(pending));
        if (!answer.Succeeded && answer.Status is not (HttpStatusCode.NotFound or HttpStatusCode.PreconditionFailed))
            throw new CosmosStoreException("move.depart", answer.Status);
        return answer.Succeeded;
    }

    private async Task<WriteFate> ReadDepartureFateAsync(KlantDocument pending) =>
        await access.ReadAsync(pending.Move!.From, pending.Id, CancellationToken.None) switch
        {
            Forward left when left.Commit == pending.Commit => WriteFate.Done,
            KlantDocument stays when stays.ETag == pending.Move.FromETag => WriteFate.NotDone,
            _ => WriteFate.Overtaken,
        };

    private async Task ArriveAsync(KlantDocument pending)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var move = pending.Move!;
            var arrived = pending with { Move = null, TrailStillIn = move.From };
            var answer = await writer.SendAsync("move.arrive", pending.Bronorganisatie,
                [
                    new Step.Replace(pending.Id.ToString(), arrived.ToJson(), pending.ETag),
                    new Step.Create(move.AuditEntry),
                    .. move.Notificatie.IsEmpty ? Array.Empty<Step>() : [new Step.Create(move.Notificatie)],
                    new Step.AddToCounts(1, -1),
                ],
                _ => ReadFateAsync(pending));
            var now = answer is { Succeeded: true, ETag: { } etag }
                ? arrived with { ETag = etag }
                : await access.ReadAsync(pending.Bronorganisatie, pending.Id, CancellationToken.None) as KlantDocument;
            if (now is { Move: not null } && now.Commit == pending.Commit)
            {
                pending = now;
                continue;
            }
            if (now is { TrailStillIn: not null }) await trails.FinishAsync(now);
            return;
        }
    }

    /// <summary>Marks the move, so that the mover can no longer undo it; null when it ended or changed in the meantime.</summary>
    private async Task<KlantDocument?> TakeOverAsync(KlantDocument pending)
    {
        var taken = pending with { Move = pending.Move! with { TakenOver = true } };
        var answer = await writer.SendAsync("move.takeover", pending.Bronorganisatie,
            [new Step.Replace(pending.Id.ToString(), taken.ToJson(), pending.ETag)], _ => ReadFateAsync(pending));
        return answer is { Succeeded: true, ETag: { } etag } ? taken with { ETag = etag } : null;
    }

    /// <summary>Gives the claim up. False when the move had ended or changed.</summary>
    private async Task<bool> AbortAsync(KlantDocument pending)
    {
        var id = pending.Id.ToString();
        var back = new Forward { Id = pending.Id, Bronorganisatie = pending.Bronorganisatie, Commit = pending.Commit, To = pending.Move!.From };
        Step abort = pending.Move.RestoresForward ? new Step.Replace(id, back.ToJson(), pending.ETag) : new Step.Delete(id, pending.ETag);
        var answer = await writer.SendAsync("move.abort", pending.Bronorganisatie, [abort, new Step.AddToCounts(0, -1)], async _ =>
            await access.ReadAsync(pending.Bronorganisatie, pending.Id, CancellationToken.None) switch
            {
                null when !pending.Move.RestoresForward => WriteFate.Done,
                Forward put when put.Commit == pending.Commit => WriteFate.Done,
                { } stands when stands.ETag == pending.ETag => WriteFate.NotDone,
                _ => WriteFate.Overtaken,
            });
        return answer.Succeeded;
    }

    /// <summary>Whether a step on the pending klant can still be made. That it was made shows in the same way as that others made it.</summary>
    private async Task<WriteFate> ReadFateAsync(KlantDocument pending) =>
        (await access.ReadAsync(pending.Bronorganisatie, pending.Id, CancellationToken.None))?.ETag == pending.ETag ? WriteFate.NotDone : WriteFate.Overtaken;
}
