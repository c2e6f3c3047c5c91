using Klanten.Core.Ports;
using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// The outbox in Cosmos DB. An instance leases an entry by moving its <c>notBefore</c> to the end of the lease. The ETag of the
/// entry decides between several instances (optimistic concurrency). A klant's entries may be in several partitions, because a
/// klant can move; their numbers continue across partitions.
/// </summary>
internal sealed class CosmosOutbox(CosmosAccess access, OutboxSignal signal) : IOutbox, IOutboxOverview
{
    /// <summary>The status counts no further: a count costs request units for each notification, and readiness is asked often.</summary>
    private const int MaxCounted = 1000;

    private readonly CosmosWriter writer = new(access);

    public async ValueTask<IReadOnlyList<OutboxEntry>> LeaseAsync(
        int count, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken)
    {
        var leased = new List<OutboxEntry>();
        var seen = new HashSet<string>();
        var furthest = now + OutboxTimes.MaxDelay;
        var query = CosmosQueries.Due(Timestamp.Format(now), Timestamp.Format(furthest));
        await foreach (var due in access.QueryPagesAsync("outbox.due", query, null, cancellationToken))
        {
            var klanten = due.Select(document => JsonSlices.GetString(document, "klantId"u8)!).Where(seen.Add).ToArray();
            if (klanten.Length == 0) continue;
            var waiting = await access.QueryAsync("outbox.klanten", CosmosQueries.WaitingOf(klanten), null, cancellationToken);
            foreach (var oldest in OldestOfEachKlant(waiting))
            {
                if (oldest.NotBefore > now && oldest.NotBefore <= furthest) continue;
                if (leased.Count == count) return leased;
                var entry = await LeaseAsync(oldest with { Attempts = oldest.Attempts + 1, NotBefore = now + lease });
                if (entry is not null) leased.Add(entry);
            }
        }
        return leased;
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
        var replace = new Step.Replace(waiting.Id, waiting.ToJson(), lease.ETag);
        await WriteAsync("outbox.failed", lease.Bronorganisatie, waiting.Id, replace);
    }

    public async ValueTask<OutboxResumption> ResumeAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var after = CosmosQueries.WaitingAfter(Timestamp.Format(now + OutboxTimes.Lease));
        var waiting = await MakeDueAsync("outbox.waiting", after, entry => entry, cancellationToken);
        var parked = await MakeDueAsync("outbox.parked", CosmosQueries.Parked(), entry => entry with { Attempts = 0 }, cancellationToken);
        signal.Set();
        return new(parked, waiting);
    }

    public async ValueTask<(OutboxStatus Status, IReadOnlyList<OutboxLine> Oldest)> ReadAsync(
        int count, CancellationToken cancellationToken)
    {
        var status = await StatusAsync(cancellationToken);
        var oldest = await access.QueryAsync("outbox.list", CosmosQueries.OldestNotifications(count), null, cancellationToken);
        return (status, oldest.ConvertAll(json => ToLine(OutboxDocument.Parse(json))));
    }

    public async ValueTask<OutboxStatus> StatusAsync(CancellationToken cancellationToken)
    {
        var waiting = CountAsync(OutboxDocument.Type, cancellationToken);
        var parked = CountAsync(OutboxDocument.ParkedType, cancellationToken);
        var oldest = access.QueryAsync("outbox.oldest", CosmosQueries.OldestWaiting(), null, cancellationToken);
        await Task.WhenAll(waiting, parked, oldest);
        DateTimeOffset? since = await oldest is [var entry, ..] ? Timestamp.Parse(JsonSlices.GetString(entry, "waitingSince"u8)!) : null;
        return new(await waiting, since, await parked);
    }

    public ValueTask WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => signal.WaitAsync(atMost, cancellationToken);

    private static OutboxLine ToLine(OutboxDocument entry)
    {
        var (klant, _, actie, since, _) = entry.Notificatie;
        return new(klant, actie, since, (int)entry.Attempts, entry.Attempts == 0 ? null : entry.NotBefore, entry.NotBefore is null);
    }

    /// <returns>How many entries; one that another instance changed meanwhile is left as it is.</returns>
    private async Task<long> MakeDueAsync(
        string operation, QueryDefinition query, Func<OutboxDocument, OutboxDocument> change, CancellationToken cancellationToken)
    {
        var changed = 0L;
        foreach (var json in await access.QueryAsync(operation, query, null, cancellationToken))
        {
            var entry = OutboxDocument.Parse(json);
            var due = change(entry) with { NotBefore = entry.Notificatie.Aanmaakdatum };
            var replace = new Step.Replace(entry.Id, due.ToJson(), entry.ETag);
            var answer = await WriteAsync("outbox.resume", entry.Bronorganisatie, entry.Id, replace);
            if (answer.Succeeded) changed++;
        }
        return changed;
    }

    private async Task<long> CountAsync(string type, CancellationToken cancellationToken)
    {
        var sample = CosmosQueries.OutboxSample(type, MaxCounted);
        return (await access.QueryAsync("outbox.count", sample, null, cancellationToken, MaxCounted)).Count;
    }

    /// <summary>The first entry of each klant, in order of creation: a klant's notifications are delivered one after another.</summary>
    private static IEnumerable<OutboxDocument> OldestOfEachKlant(List<ReadOnlyMemory<byte>> documents) => documents
        .Select(OutboxDocument.Parse)
        .GroupBy(entry => entry.Notificatie.Klant)
        .Select(entries => entries.MinBy(entry => entry.Number)!)
        .OrderBy(entry => entry.Notificatie.Aanmaakdatum);

    /// <returns>Null when another instance has changed the entry.</returns>
    private async Task<OutboxEntry?> LeaseAsync(OutboxDocument entry)
    {
        var replace = new Step.Replace(entry.Id, entry.ToJson(), entry.ETag);
        var answer = await WriteAsync("outbox.lease", entry.Bronorganisatie, entry.Id, replace);
        if (answer is not { Succeeded: true, ETag: { } etag }) return null;
        var lease = new CosmosLease(entry.Bronorganisatie, entry.Commit, entry.Number, etag);
        return new(entry.Notificatie, (int)entry.Attempts, lease);
    }

    /// <remarks>
    /// A refusal means that another instance has the entry, or that the answer to our own write was lost. In the second case the
    /// entry can be leased again when this lease ends.
    /// </remarks>
    private Task<WriteAnswer> WriteAsync(string operation, string bronorganisatie, string id, Step step) =>
        writer.SendAsync(operation, bronorganisatie, [step], async () =>
        {
            if (step is not Step.Replace replace) return WriteFate.NotDone;
            var etag = await access.ReadETagAsync(bronorganisatie, id, CancellationToken.None);
            return etag == replace.ETag ? WriteFate.NotDone : WriteFate.Overtaken;
        });
}
