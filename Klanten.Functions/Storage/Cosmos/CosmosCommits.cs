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
        var regel = commit.AuditEntry!;
        var document = new KlantDocument
        {
            Id = commit.Id,
            Bronorganisatie = klant.Bronorganisatie,
            Klantnummer = klant.Klantnummer,
            Volgorde = KlantDocument.NewVolgorde(regel.Aanmaakdatum, commit.Id),
            Regels = 1,
            Commit = regel.Uuid,
            Json = commit.AfterJson,
        };
        return SendAsync("klant.create", document, null, [new Step.Create(document.Write()), .. Annexes(document, commit), new Step.Tally(1, 0)]);
    }

    public Task<CommitResult> ReplaceAsync(KlantCommit commit)
    {
        var before = CosmosVersion.From(commit.Before!.Version);
        var document = new KlantDocument
        {
            Id = commit.Id,
            Bronorganisatie = before.Bronorganisatie,
            Klantnummer = commit.After!.Klantnummer,
            Volgorde = before.Volgorde,
            Regels = before.Regels + 1,
            Commit = commit.AuditEntry!.Uuid,
            Json = commit.AfterJson,
            SpoorIn = before.SpoorIn,
        };
        return SendAsync("klant.replace", document, before.ETag, [new Step.Replace(commit.Id.ToString(), document.Write(), before.ETag), .. Annexes(document, commit)]);
    }

    /// <remarks>
    /// A trail that is too long for one transaction goes in portions, after the klant: a verwijzing to nowhere takes its
    /// place, and tells whoever meets it that the klant is deleted and what is left must go.
    /// </remarks>
    public async Task<CommitResult> DeleteAsync(KlantCommit commit)
    {
        var before = CosmosVersion.From(commit.Before!.Version);
        var partition = before.Bronorganisatie;
        if (before.SpoorIn is not null)
        {
            await trails.FinishAsync(partition, commit.Id);
            return CommitResult.Changed;
        }
        var id = commit.Id.ToString();
        var deletion = Guid.NewGuid();
        var entries = await access.QueryAsync("spoor.query", CosmosQueries.TrailIds(commit.Id), partition, CancellationToken.None);
        var left = new Verwijzing { Id = commit.Id, Bronorganisatie = partition, Commit = deletion };
        var whole = entries.Count == before.Regels && entries.Count <= CosmosTrails.MaxEntries;
        Step klant = whole ? new Step.Delete(id, before.ETag) : new Step.Replace(id, left.Write(), before.ETag);
        var answer = await writer.SendAsync("klant.delete", partition,
            [
                klant,
                .. entries.Take(CosmosTrails.MaxEntries).Select(document => new Step.Delete(JsonSlices.Text(document, "id"u8)!)),
                .. Steps(Outbox(commit, partition, deletion, before.Regels + 1)),
                new Step.Tally(-1, 0),
            ],
            async uncertain => await access.ReadAsync(partition, commit.Id, CancellationToken.None) switch
            {
                null => uncertain ? Trace.Done : Trace.Overtaken,
                Verwijzing gone when gone.Commit == deletion => Trace.Done,
                KlantDocument stands when stands.ETag == before.ETag => Trace.NotDone,
                _ => Trace.Overtaken,
            });
        if (!answer.Succeeded) return Refusal("klant.delete", answer);
        await ClearUpAsync(left, whole);
        return CommitResult.Committed;
    }

    private async Task<CommitResult> SendAsync(string operation, KlantDocument document, string? before, IReadOnlyList<Step> steps)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var answer = await writer.SendAsync(operation, document.Bronorganisatie, steps, _ => TraceAsync(document, before));
            if (answer.Succeeded) return CommitResult.Committed;
            if (answer.Status != HttpStatusCode.Conflict) return Refusal(operation, answer);
            if (await moves.HolderAsync(document.Bronorganisatie, document.Klantnummer, CancellationToken.None) is { } holder && holder.Id != document.Id)
                return CommitResult.KlantnummerTaken;
            // Nobody else has the number: whoever had it has just let go of it.
        }
        return CommitResult.KlantnummerTaken;
    }

    /// <summary>The audit entry tells for sure; the klant itself tells sooner, as long as nobody changed it again.</summary>
    private async Task<Trace> TraceAsync(KlantDocument document, string? before)
    {
        var stands = await access.ReadAsync(document.Bronorganisatie, document.Id, CancellationToken.None);
        if (stands?.Commit == document.Commit) return Trace.Done;
        if (stands?.ETag == before) return Trace.NotDone;
        var entry = await access.ReadETagAsync(document.Bronorganisatie, AuditDocument.IdOf(document.Commit), CancellationToken.None);
        return entry is not null ? Trace.Done : Trace.Overtaken;
    }

    private async Task ClearUpAsync(Verwijzing left, bool whole)
    {
        try
        {
            if (!whole) await trails.ClearAsync(left);
            if (left.Id.Bronorganisatie != left.Bronorganisatie) await ClearVerwijzingenAsync(left.Id);
        }
        catch (Exception exception) when (exception is CosmosStoreException or StoreBusyException)
        {
            // The klant is deleted. Whoever asks for it clears the rest of its trail; verwijzingen that stay tell nothing.
        }
    }

    /// <summary>A klant that has moved leaves a trace of verwijzingen; they say nothing of it but where it went.</summary>
    private async Task ClearVerwijzingenAsync(KlantId id)
    {
        foreach (var json in await access.QueryAsync("klant.query", CosmosQueries.ById(id), null, CancellationToken.None))
            if (Dossier.Read(json) is Verwijzing { Naar: not null } verwijzing)
                await access.ExecuteAsync("verwijzing.delete", verwijzing.Bronorganisatie, [new Step.Delete(id.ToString(), verwijzing.ETag)]);
    }

    private static CommitResult Refusal(string operation, WriteAnswer answer) => answer.Status switch
    {
        HttpStatusCode.NotFound or HttpStatusCode.PreconditionFailed => CommitResult.Changed,
        _ => throw new CosmosStoreException(operation, answer.Status),
    };

    /// <summary>The commit's notification as it waits in a partition; null when none is to be sent.</summary>
    public static OutboxDocument? Outbox(KlantCommit commit, string bronorganisatie, Guid uuid, long nummer) => commit.Notificatie is { } notificatie
        ? new() { Bronorganisatie = bronorganisatie, Commit = uuid, Nummer = nummer, Notificatie = notificatie, NietVoor = notificatie.Aanmaakdatum }
        : null;

    private static IEnumerable<Step> Annexes(KlantDocument document, KlantCommit commit) =>
    [
        new Step.Create(new AuditDocument(commit.Id, document.Regels, commit.AuditEntry!).Write(document.Bronorganisatie)),
        .. Steps(Outbox(commit, document.Bronorganisatie, document.Commit, document.Regels)),
    ];

    private static Step[] Steps(OutboxDocument? entry) => entry is null ? [] : [new Step.Create(entry.Write())];
}
