using System.Net;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// Commits that stay within one partition: one transaction holds the klant, its audit entry, its notification and, when the
/// number of klanten changes, the counter. The klant comes first in it, so that its refusal is the one that is told.
/// </summary>
internal sealed class CosmosCommits(CosmosAccess access, CosmosWriter writer, CosmosMoves moves, CosmosTrails trails)
{
    private const int MaxAttempts = 4;

    public Task<CommitResult> CreateAsync(KlantCommit commit)
    {
        var klant = commit.After!;
        var entry = commit.AuditEntry!;
        var document = new KlantDocument
        {
            Id = commit.Id,
            Bronorganisatie = klant.Bronorganisatie,
            Klantnummer = klant.Klantnummer,
            SortKey = KlantDocument.CreateSortKey(entry.Aanmaakdatum, commit.Id),
            AuditCount = 1,
            Commit = entry.Uuid,
            Json = commit.AfterJson,
        };
        return SendAsync("klant.create", document, null, [new Step.Create(document.ToJson()), .. AuditAndNotification(document, commit), new Step.AddToCounts(1, 0)]);
    }

    public Task<CommitResult> ReplaceAsync(KlantCommit commit)
    {
        var before = CosmosVersion.From(commit.Before!.Version);
        var document = new KlantDocument
        {
            Id = commit.Id,
            Bronorganisatie = before.Bronorganisatie,
            Klantnummer = commit.After!.Klantnummer,
            SortKey = before.SortKey,
            AuditCount = before.AuditCount + 1,
            Commit = commit.AuditEntry!.Uuid,
            Json = commit.AfterJson,
            TrailStillIn = before.TrailStillIn,
        };
        return SendAsync("klant.replace", document, before.ETag, [new Step.Replace(commit.Id.ToString(), document.ToJson(), before.ETag), .. AuditAndNotification(document, commit)]);
    }

    /// <remarks>
    /// A trail that is too long for one transaction goes in portions, after the klant: a forward to nowhere takes its
    /// place, and tells whoever meets it that the klant is deleted and what is left must go.
    /// </remarks>
    public async Task<CommitResult> DeleteAsync(KlantCommit commit)
    {
        var before = CosmosVersion.From(commit.Before!.Version);
        var partition = before.Bronorganisatie;
        if (before.TrailStillIn is not null)
        {
            await trails.FinishAsync(partition, commit.Id);
            return CommitResult.Changed;
        }
        var id = commit.Id.ToString();
        var deletion = Guid.NewGuid();
        var entries = await access.QueryAsync("trail.query", CosmosQueries.TrailIds(commit.Id), partition, CancellationToken.None);
        var left = new Forward { Id = commit.Id, Bronorganisatie = partition, Commit = deletion };
        var whole = entries.Count == before.AuditCount && entries.Count <= CosmosTrails.MaxEntries;
        Step klant = whole ? new Step.Delete(id, before.ETag) : new Step.Replace(id, left.ToJson(), before.ETag);
        var answer = await writer.SendAsync("klant.delete", partition,
            [
                klant,
                .. entries.Take(CosmosTrails.MaxEntries).Select(document => new Step.Delete(JsonSlices.GetString(document, "id"u8)!)),
                .. Steps(Outbox(commit, partition, deletion, before.AuditCount + 1)),
                new Step.AddToCounts(-1, 0),
            ],
            async uncertain => await access.ReadAsync(partition, commit.Id, CancellationToken.None) switch
            {
                null => uncertain ? WriteFate.Done : WriteFate.Overtaken,
                Forward gone when gone.Commit == deletion => WriteFate.Done,
                KlantDocument stands when stands.ETag == before.ETag => WriteFate.NotDone,
                _ => WriteFate.Overtaken,
            });
        if (!answer.Succeeded) return Refusal("klant.delete", answer);
        await ClearUpAsync(left, whole);
        return CommitResult.Committed;
    }

    private async Task<CommitResult> SendAsync(string operation, KlantDocument document, string? before, IReadOnlyList<Step> steps)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var answer = await writer.SendAsync(operation, document.Bronorganisatie, steps, _ => ReadFateAsync(document, before));
            if (answer.Succeeded) return CommitResult.Committed;
            if (answer.Status != HttpStatusCode.Conflict) return Refusal(operation, answer);
            if (await moves.FindHolderAsync(document.Bronorganisatie, document.Klantnummer, CancellationToken.None) is { } holder && holder.Id != document.Id)
                return CommitResult.KlantnummerTaken;
            // Nobody else has the number: whoever had it has just let go of it.
        }
        return CommitResult.KlantnummerTaken;
    }

    /// <summary>The audit entry tells for sure; the klant itself tells sooner, as long as nobody changed it again.</summary>
    private async Task<WriteFate> ReadFateAsync(KlantDocument document, string? before)
    {
        var stands = await access.ReadAsync(document.Bronorganisatie, document.Id, CancellationToken.None);
        if (stands?.Commit == document.Commit) return WriteFate.Done;
        if (stands?.ETag == before) return WriteFate.NotDone;
        var entry = await access.ReadETagAsync(document.Bronorganisatie, AuditDocument.CreateId(document.Commit), CancellationToken.None);
        return entry is not null ? WriteFate.Done : WriteFate.Overtaken;
    }

    private async Task ClearUpAsync(Forward left, bool whole)
    {
        try
        {
            if (!whole) await trails.ClearAsync(left);
            if (left.Id.Bronorganisatie != left.Bronorganisatie) await ClearForwardsAsync(left.Id);
        }
        catch (Exception exception) when (exception is CosmosStoreException or StoreBusyException)
        {
            // The klant is deleted. Whoever asks for it clears the rest of its trail; forwards that stay tell nothing.
        }
    }

    /// <summary>A klant that has moved leaves a trace of forwards; they say nothing of it but where it went.</summary>
    private async Task ClearForwardsAsync(KlantId id)
    {
        foreach (var json in await access.QueryAsync("klant.query", CosmosQueries.ById(id), null, CancellationToken.None))
            if (KlantSlot.Parse(json) is Forward { To: not null } forward)
                await access.ExecuteAsync("forward.delete", forward.Bronorganisatie, [new Step.Delete(id.ToString(), forward.ETag)]);
    }

    private static CommitResult Refusal(string operation, WriteAnswer answer) => answer.Status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.PreconditionFailed => CommitResult.Changed,
        _ => throw new CosmosStoreException(operation, answer.Status),
    };

    /// <summary>The commit's notification as it waits in a partition; null when none is to be sent.</summary>
    public static OutboxDocument? Outbox(KlantCommit commit, string bronorganisatie, Guid uuid, long number) => commit.Notificatie is { } notificatie
        ? new() { Bronorganisatie = bronorganisatie, Commit = uuid, Number = number, Notificatie = notificatie, NotBefore = notificatie.Aanmaakdatum }
        : null;

    private static IEnumerable<Step> AuditAndNotification(KlantDocument document, KlantCommit commit) =>
    [
        new Step.Create(new AuditDocument(commit.Id, document.AuditCount, commit.AuditEntry!).ToJson(document.Bronorganisatie)),
        .. Steps(Outbox(commit, document.Bronorganisatie, document.Commit, document.AuditCount)),
    ];

    private static Step[] Steps(OutboxDocument? entry) => entry is null ? [] : [new Step.Create(entry.ToJson())];
}
