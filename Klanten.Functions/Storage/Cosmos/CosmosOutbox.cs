using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// The outbox in Cosmos DB. An entry is held by moving its <c>notBefore</c> ahead, guarded by its ETag: of several
/// instances one succeeds. A klant's entries may lie in several partitions, for a klant may move; their numbers go on.
/// </summary>
internal sealed class CosmosOutbox(CosmosAccess access, OutboxSignal signal) : IOutbox
{
    private readonly CosmosWriter writer = new(access);

    public async ValueTask<IReadOnlyList<OutboxEntry>> LeaseAsync(int count, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken)
    {
        var held = new List<OutboxEntry>();
        var seen = new HashSet<string>();
        await foreach (var due in access.QueryPagesAsync("outbox.due", CosmosQueries.Due(Timestamp.Format(now)), null, cancellationToken))
        {
            var klanten = due.Select(document => JsonSlices.GetString(document, "klantId"u8)!).Where(seen.Add).ToArray();
            if (klanten.Length == 0) continue;
            var waiting = await access.QueryAsync("outbox.klanten", CosmosQueries.WaitingOf(klanten), null, cancellationToken);
            foreach (var oldest in waiting.Select(OutboxDocument.Parse).GroupBy(entry => entry.Notificatie.Klant).Select(entries => entries.MinBy(entry => entry.Number)!).OrderBy(entry => entry.Notificatie.Aanmaakdatum))
            {
                if (oldest.NotBefore > now) continue;
                if (held.Count == count) return held;
                if (await HoldAsync(oldest with { Attempts = oldest.Attempts + 1, NotBefore = now + lease }) is { } entry) held.Add(entry);
            }
        }
        return held;
    }

    public async ValueTask DeliveredAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        var lease = CosmosLease.From(entry.Lease);
        var id = lease.Document(entry, null).Id;
        await WriteAsync("outbox.delivered", lease.Bronorganisatie, id, new Step.Delete(id));
    }

    public async ValueTask FailedAsync(OutboxEntry entry, DateTimeOffset? retryAt, CancellationToken cancellationToken)
    {
        var lease = CosmosLease.From(entry.Lease);
        var waiting = lease.Document(entry, retryAt);
        await WriteAsync("outbox.failed", lease.Bronorganisatie, waiting.Id, new Step.Replace(waiting.Id, waiting.ToJson(), lease.ETag));
    }

    public async ValueTask<long> ResumeAsync(CancellationToken cancellationToken)
    {
        var resumed = 0L;
        foreach (var json in await access.QueryAsync("outbox.parked", CosmosQueries.Parked(), null, cancellationToken))
        {
            var parked = OutboxDocument.Parse(json);
            var waiting = parked with { Attempts = 0, NotBefore = parked.Notificatie.Aanmaakdatum };
            if ((await WriteAsync("outbox.resume", parked.Bronorganisatie, parked.Id, new Step.Replace(parked.Id, waiting.ToJson(), parked.ETag))).Succeeded) resumed++;
        }
        signal.Set();
        return resumed;
    }

    public async ValueTask<OutboxStatus> StatusAsync(CancellationToken cancellationToken)
    {
        var counts = access.QueryAsync("outbox.count", CosmosQueries.OutboxCount(), null, cancellationToken);
        var oldest = access.QueryAsync("outbox.oldest", CosmosQueries.OldestWaiting(), null, cancellationToken);
        await Task.WhenAll(counts, oldest);
        var all = (await counts).Sum(count => JsonSlices.GetInt64(count, "total"u8));
        var parked = (await counts).Sum(count => JsonSlices.GetInt64(count, "parked"u8));
        DateTimeOffset? since = await oldest is [var entry, ..] ? Timestamp.Parse(JsonSlices.GetString(entry, "waitingSince"u8)!) : null;
        return new(all - parked, since, parked);
    }

    public ValueTask WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => signal.WaitAsync(atMost, cancellationToken);

    /// <summary>Null when another instance was first.</summary>
    private async Task<OutboxEntry?> HoldAsync(OutboxDocument entry)
    {
        var answer = await WriteAsync("outbox.hold", entry.Bronorganisatie, entry.Id, new Step.Replace(entry.Id, entry.ToJson(), entry.ETag));
        if (answer is not { Succeeded: true, ETag: { } etag }) return null;
        var lease = new CosmosLease(entry.Bronorganisatie, entry.Commit, entry.Number, etag);
        return new(entry.Notificatie, (int)entry.Attempts, lease);
    }

    /// <remarks>
    /// Refused means that someone else has the entry by now, or that the answer to our own write was lost: then it comes
    /// free when its lease ends.
    /// </remarks>
    private Task<WriteAnswer> WriteAsync(string operation, string bronorganisatie, string id, Step step) =>
        writer.SendAsync(operation, bronorganisatie, [step], async _ => step switch
        {
            Step.Replace replace when await access.ReadETagAsync(bronorganisatie, id, CancellationToken.None) != replace.ETag => WriteFate.Overtaken,
            _ => WriteFate.NotDone,
        });
}
