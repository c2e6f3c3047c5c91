using System.Net;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Cosmos.Documents;
using Klanten.Functions.Storage.Cosmos.Moves;
using Klanten.Functions.Storage.Cosmos.Requests;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// Commits that stay within one partition. One transaction holds the klant, its audit entry, its notification and, when the
/// number of klanten changes, the counters. The klant is the first step, so that Cosmos DB reports its refusal and not that of
/// another step.
/// </summary>
internal sealed class CosmosCommits(CosmosAccess access, CosmosWriter writer, KlantFinder klanten, CosmosTrails trails)
{
    private const int MaxAttempts = 4;

    /// <summary>Creates klanten of one bronorganisatie in one transaction, which is refused as a whole when one of them is.</summary>
    public async Task<bool> TryCreateAsync(KlantCommit[] commits)
    {
        var documents = Array.ConvertAll(commits, NewDocument);
        var bronorganisatie = documents[0].Bronorganisatie;
        var shards = documents.CountBy(document => Counters.ShardOf(document.Id));
        Step[] steps =
        [
            .. commits.Zip(documents).SelectMany(pair => Creation(pair.Second, pair.First)),
            .. shards.Select(shard => new Step.AddToCounts(shard.Key, shard.Value, 0)),
        ];
        const string Operation = "klanten.create";
        var answer = await access.ExecuteAsync(Operation, bronorganisatie, steps);
        if (answer.Code != HttpStatusCode.NotFound) return answer.Succeeded;
        foreach (var shard in shards) await access.CreateCountersAsync(bronorganisatie, shard.Key, CancellationToken.None);
        return (await access.ExecuteAsync(Operation, bronorganisatie, steps)).Succeeded;
    }

    public Task<CommitResult> CreateAsync(KlantCommit commit)
    {
        var document = NewDocument(commit);
        return SendAsync("klant.create", document, null, [.. Creation(document, commit), new Step.AddToCounts(commit.Id, 1, 0)]);
    }

    private static IEnumerable<Step> Creation(KlantDocument document, KlantCommit commit) =>
        [new Step.Create(document.ToJson()), .. AuditAndNotification(document, null, commit)];

    private static KlantDocument NewDocument(KlantCommit commit)
    {
        var klant = commit.After!;
        var entry = commit.AuditEntry!;
        return new()
        {
            Id = commit.Id,
            Bronorganisatie = klant.Bronorganisatie,
            Klantnummer = klant.Klantnummer,
            SortKey = KlantDocument.CreateSortKey(entry.Aanmaakdatum, commit.Id),
            AuditCount = 1,
            Commit = entry.Uuid,
            Filters = KlantDocument.FilterValuesOf(klant),
            Json = commit.AfterJson,
        };
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
            Filters = KlantDocument.FilterValuesOf(commit.After),
            Json = commit.AfterJson,
            TrailStillIn = before.TrailStillIn,
            HasMoved = before.HasMoved,
        };
        var replace = new Step.Replace(commit.Id.ToString(), document.ToJson(), before.ETag);
        return SendAsync("klant.replace", document, before.ETag, [replace, .. AuditAndNotification(document, before.LastEntry, commit)]);
    }

    /// <remarks>
    /// A trail that is too long for one transaction is deleted in portions, after the klant. Until that is done a forward without
    /// a destination replaces the klant. It makes the klant deleted for every reader, and a reader that finds it deletes the rest.
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
        var entries = await access.QueryAsync(
            "trail.query", CosmosQueries.TrailIds(partition, commit.Id, CosmosTrails.MaxEntries + 1), partition, CancellationToken.None);
        var marker = new Forward { Id = commit.Id, Bronorganisatie = partition, Commit = deletion };
        var whole = entries.Count == before.AuditCount && entries.Count <= CosmosTrails.MaxEntries;
        Step klant = whole ? new Step.Delete(id, before.ETag) : new Step.Replace(id, marker.ToJson(), before.ETag);
        var answer = await writer.SendAsync("klant.delete", partition,
            [
                klant,
                .. entries.Take(CosmosTrails.MaxEntries).Select(document => new Step.Delete(JsonSlices.GetString(document, "id"u8)!)),
                .. Steps(OutboxDocument.Create(commit, partition, deletion, before.AuditCount + 1, before.HasMoved)),
                new Step.AddToCounts(commit.Id, -1, 0),
            ],
            async () => await access.ReadAsync(partition, commit.Id, CancellationToken.None) switch
            {
                // It may be another deletion that was first. That cannot be told apart, because the SDK may have sent this one twice, and
                // the klant is gone as the consumer asked.
                null => WriteFate.Done,
                Forward forward when forward.Commit == deletion => WriteFate.Done,
                // Also when it was changed meanwhile: its ETag then refuses the next attempt.
                KlantDocument => WriteFate.NotDone,
                _ => WriteFate.Overtaken,
            });
        if (!answer.Succeeded) return Refusal("klant.delete", answer);
        await ClearUpAsync(marker, whole);
        return CommitResult.Committed;
    }

    private async Task<CommitResult> SendAsync(string operation, KlantDocument document, string? before, IReadOnlyList<Step> steps)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            var answer = await writer.SendAsync(operation, document.Bronorganisatie, steps, () => ReadFateAsync(document, before));
            if (answer.Succeeded) return CommitResult.Committed;
            if (answer.Code != HttpStatusCode.Conflict) return Refusal(operation, answer);
            var holder = await klanten.FindHolderAsync(document.Bronorganisatie, document.Klantnummer, CancellationToken.None);
            if (holder is not null && holder.Id != document.Id) return CommitResult.KlantnummerTaken;
            // No other klant has the klantnummer any more: it was released after the refusal, so another attempt can succeed.
        }
        // The klantnummer was refused each time, and no klant was found that has it. Telling the consumer that it is taken would be
        // a guess, and may have the klant registered twice.
        throw new CosmosStoreException(operation, HttpStatusCode.ServiceUnavailable);
    }

    /// <remarks>
    /// The audit entry proves that the commit was made. The klant is read first because it usually suffices: only after a later
    /// change does it no longer name this commit.
    /// </remarks>
    private async Task<WriteFate> ReadFateAsync(KlantDocument document, string? before)
    {
        var current = await access.ReadAsync(document.Bronorganisatie, document.Id, CancellationToken.None);
        if (current?.Commit == document.Commit) return WriteFate.Done;
        if (current?.ETag == before) return WriteFate.NotDone;
        var entryId = AuditDocument.CreateId(document.Commit);
        var entry = await access.ReadETagAsync(document.Bronorganisatie, entryId, CancellationToken.None);
        return entry is not null ? WriteFate.Done : WriteFate.Overtaken;
    }

    private async Task ClearUpAsync(Forward marker, bool whole)
    {
        try
        {
            if (!whole) await trails.ClearAsync(marker);
            if (marker.Id.Bronorganisatie != marker.Bronorganisatie) await ClearForwardsAsync(marker.Id);
        }
        catch (Exception exception) when (exception is CosmosStoreException or StoreBusyException)
        {
            // The klant is deleted all the same. The next read of it deletes the rest of the trail. A forward that stays holds the
            // klant's uuid and two RSINs, and nothing else of the klant.
        }
    }

    /// <summary>Deletes the forwarding addresses that earlier moves of the klant have left.</summary>
    private async Task ClearForwardsAsync(KlantId id)
    {
        var documents = await access.QueryAsync("klant.query", CosmosQueries.ById(id), null, CancellationToken.None);
        foreach (var forward in documents.Select(KlantSlot.Parse).OfType<Forward>().Where(forward => forward.To is not null))
            await access.ExecuteAsync("forward.delete", forward.Bronorganisatie, [new Step.Delete(id.ToString(), forward.ETag)]);
    }

    private static CommitResult Refusal(string operation, WriteAnswer answer) => answer.Code switch
    {
        HttpStatusCode.PreconditionFailed => CommitResult.Changed,
        _ => throw new CosmosStoreException(operation, answer.Status),
    };

    private static IEnumerable<Step> AuditAndNotification(KlantDocument document, Guid? lastEntry, KlantCommit commit) =>
    [
        new Step.Create(
            AuditDocument.Create(document.Bronorganisatie, commit.Id, document.AuditCount, lastEntry, commit.AuditEntry!).ToJson()),
        .. Steps(OutboxDocument.Create(commit, document.Bronorganisatie, document.Commit, document.AuditCount, document.HasMoved)),
    ];

    private static Step[] Steps(OutboxDocument? entry) => entry is null ? [] : [new Step.Create(entry.ToJson())];
}
