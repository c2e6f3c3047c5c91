using System.Net;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// Moves a klant from one partition to another, for which Cosmos DB has no transaction. Three of them, one after another:
/// the klant claims its klantnummer in the new partition, pending; it leaves the old one, where a verwijzing takes its
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
        if (before.SpoorIn is not null)
        {
            // One origin at a time: the trail of the last move comes first, and changes the klant's version.
            await trails.FinishAsync(before.Bronorganisatie, commit.Id);
            return CommitResult.Changed;
        }
        var claim = Pending(commit, before);
        if (claim.Write().Length > MaxBytes) throw new KlantTooLargeException();
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
        if (await TraceDepartureAsync(pending) != Trace.Done)
        {
            if (!pending.Verhuizing!.Overgenomen)
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
    public async Task<KlantDocument?> HolderAsync(string bronorganisatie, string klantnummer, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var found = await access.QueryAsync("klantnummer.query", CosmosQueries.Holder(klantnummer), bronorganisatie, cancellationToken);
            if (found.Count == 0) return null;
            var holder = KlantDocument.Read(found[0]);
            if (holder.Verhuizing is null || attempt == MaxAttempts) return holder;
            await EndAsync(holder);
        }
    }

    private static KlantDocument Pending(KlantCommit commit, CosmosVersion before)
    {
        var naar = commit.After!.Bronorganisatie;
        var regel = commit.AuditEntry!;
        var nummer = before.Regels + 1;
        return new()
        {
            Id = commit.Id,
            Bronorganisatie = naar,
            Klantnummer = commit.After.Klantnummer,
            Volgorde = before.Volgorde,
            Regels = nummer,
            Commit = regel.Uuid,
            Json = commit.AfterJson,
            Verhuizing = new(before.Bronorganisatie, before.ETag, Terug: false, Overgenomen: false,
                new AuditDocument(commit.Id, nummer, regel).Write(naar), CosmosCommits.Outbox(commit, naar, regel.Uuid, nummer)?.Write() ?? default),
        };
    }

    private async Task<(CommitResult Result, KlantDocument Pending)> ClaimAsync(KlantDocument pending)
    {
        var id = pending.Id.ToString();
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            switch (await access.ReadAsync(pending.Bronorganisatie, pending.Id, CancellationToken.None))
            {
                case KlantDocument { Verhuizing: not null } other:
                    await EndAsync(other);
                    return (CommitResult.Changed, pending);
                case KlantDocument or Verwijzing { Naar: null }:
                    return (CommitResult.Changed, pending);
                case var stands:
                    pending = pending with { Verhuizing = pending.Verhuizing! with { Terug = stands is not null } };
                    Step claim = stands is null ? new Step.Create(pending.Write()) : new Step.Replace(id, pending.Write(), stands.ETag);
                    KlantDocument? mine = null;
                    var answer = await writer.SendAsync("verhuizing.claim", pending.Bronorganisatie, [claim, new Step.Tally(0, 1)], async _ =>
                    {
                        var now = await access.ReadAsync(pending.Bronorganisatie, pending.Id, CancellationToken.None);
                        if (now?.Commit == pending.Commit) mine = now as KlantDocument;
                        return mine is not null ? Trace.Done : now?.ETag == stands?.ETag ? Trace.NotDone : Trace.Overtaken;
                    });
                    if (answer.Succeeded) return (CommitResult.Committed, mine ?? pending with { ETag = answer.ETag! });
                    if (answer.Status is HttpStatusCode.NotFound or HttpStatusCode.PreconditionFailed) return (CommitResult.Changed, pending);
                    if (answer.Status != HttpStatusCode.Conflict) throw new CosmosStoreException("verhuizing.claim", answer.Status);
                    if (await HolderAsync(pending.Bronorganisatie, pending.Klantnummer, CancellationToken.None) is { } holder)
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
            throw new CosmosStoreException("verhuizing.depart", HttpStatusCode.TooManyRequests);
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
        var van = pending.Verhuizing!.Van;
        var verwijzing = new Verwijzing { Id = pending.Id, Bronorganisatie = van, Commit = pending.Commit, Naar = pending.Bronorganisatie };
        var answer = await writer.SendAsync("verhuizing.depart", van,
            [new Step.Replace(pending.Id.ToString(), verwijzing.Write(), pending.Verhuizing.Versie), new Step.Tally(-1, 0)],
            _ => TraceDepartureAsync(pending));
        if (!answer.Succeeded && answer.Status is not (HttpStatusCode.NotFound or HttpStatusCode.PreconditionFailed))
            throw new CosmosStoreException("verhuizing.depart", answer.Status);
        return answer.Succeeded;
    }

    private async Task<Trace> TraceDepartureAsync(KlantDocument pending) =>
        await access.ReadAsync(pending.Verhuizing!.Van, pending.Id, CancellationToken.None) switch
        {
            Verwijzing left when left.Commit == pending.Commit => Trace.Done,
            KlantDocument stays when stays.ETag == pending.Verhuizing.Versie => Trace.NotDone,
            _ => Trace.Overtaken,
        };

    private async Task ArriveAsync(KlantDocument pending)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var verhuizing = pending.Verhuizing!;
            var arrived = pending with { Verhuizing = null, SpoorIn = verhuizing.Van };
            var answer = await writer.SendAsync("verhuizing.arrive", pending.Bronorganisatie,
                [
                    new Step.Replace(pending.Id.ToString(), arrived.Write(), pending.ETag),
                    new Step.Create(verhuizing.Regel),
                    .. verhuizing.Notificatie.IsEmpty ? Array.Empty<Step>() : [new Step.Create(verhuizing.Notificatie)],
                    new Step.Tally(1, -1),
                ],
                _ => TraceAsync(pending));
            var now = answer is { Succeeded: true, ETag: { } etag }
                ? arrived with { ETag = etag }
                : await access.ReadAsync(pending.Bronorganisatie, pending.Id, CancellationToken.None) as KlantDocument;
            if (now is { Verhuizing: not null } && now.Commit == pending.Commit)
            {
                pending = now;
                continue;
            }
            if (now is { SpoorIn: not null }) await trails.FinishAsync(now);
            return;
        }
    }

    /// <summary>Marks the move, so that the mover can no longer undo it; null when it ended or changed in the meantime.</summary>
    private async Task<KlantDocument?> TakeOverAsync(KlantDocument pending)
    {
        var taken = pending with { Verhuizing = pending.Verhuizing! with { Overgenomen = true } };
        var answer = await writer.SendAsync("verhuizing.takeover", pending.Bronorganisatie,
            [new Step.Replace(pending.Id.ToString(), taken.Write(), pending.ETag)], _ => TraceAsync(pending));
        return answer is { Succeeded: true, ETag: { } etag } ? taken with { ETag = etag } : null;
    }

    /// <summary>Gives the claim up. False when the move had ended or changed.</summary>
    private async Task<bool> AbortAsync(KlantDocument pending)
    {
        var id = pending.Id.ToString();
        var back = new Verwijzing { Id = pending.Id, Bronorganisatie = pending.Bronorganisatie, Commit = pending.Commit, Naar = pending.Verhuizing!.Van };
        Step abort = pending.Verhuizing.Terug ? new Step.Replace(id, back.Write(), pending.ETag) : new Step.Delete(id, pending.ETag);
        var answer = await writer.SendAsync("verhuizing.abort", pending.Bronorganisatie, [abort, new Step.Tally(0, -1)], async _ =>
            await access.ReadAsync(pending.Bronorganisatie, pending.Id, CancellationToken.None) switch
            {
                null when !pending.Verhuizing.Terug => Trace.Done,
                Verwijzing put when put.Commit == pending.Commit => Trace.Done,
                { } stands when stands.ETag == pending.ETag => Trace.NotDone,
                _ => Trace.Overtaken,
            });
        return answer.Succeeded;
    }

    /// <summary>Whether a step on the pending klant can still be made. That it was made shows in the same way as that others made it.</summary>
    private async Task<Trace> TraceAsync(KlantDocument pending) =>
        (await access.ReadAsync(pending.Bronorganisatie, pending.Id, CancellationToken.None))?.ETag == pending.ETag ? Trace.NotDone : Trace.Overtaken;
}
