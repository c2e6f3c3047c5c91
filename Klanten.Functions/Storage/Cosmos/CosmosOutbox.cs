using Klanten.Core.Ports;
using Klanten.Functions.Storage.Cosmos.Documents;
using Klanten.Functions.Storage.Cosmos.Requests;
using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// The outbox in Cosmos DB. An instance leases an entry by moving its <c>notBefore</c> to the end of the lease. The ETag of the
/// entry decides between several instances (optimistic concurrency). A klant's entries may be in several partitions, because a
/// klant can move; their numbers continue across partitions.
/// </summary>
internal sealed class CosmosOutbox(CosmosAccess access, CommittedPartitions committed) : IOutbox, IOutboxOverview
{
    /// <summary>The status counts no further: a count costs request units for each notification, and readiness is asked often.</summary>
    private const int MaxCounted = 1000;

    /// <summary>
    /// Entries that a search goes through. Those of a klant whose older entry is being tried stay due, and are passed over.
    /// </summary>
    private const int MaxExamined = 1000;

    /// <summary>Entries that are in memory at a time when all are to be made due.</summary>
    private const int MaxInMemory = 100;

    private readonly CosmosWriter writer = new(access);

    /// <summary>A search is a query to every physical partition.</summary>
    public TimeSpan SearchInterval => TimeSpan.FromMinutes(1);

    /// <remarks>The next entries of these klanten can be leased once these are delivered, so their partitions are searched again.</remarks>
    public async ValueTask<IReadOnlyList<OutboxEntry>> LeaseAsync(
        int count, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken)
    {
        var (leased, _) = await LeaseInAsync(null, count, now, lease, cancellationToken);
        foreach (var entry in leased) committed.Keep(CosmosLease.From(entry.Lease).Bronorganisatie);
        return leased;
    }

    /// <remarks>
    /// A partition in which entries were due is searched again by the next call, as in <see cref="LeaseAsync"/>. One whose search fails is
    /// left to the next search of the whole outbox.
    /// </remarks>
    public async ValueTask<IReadOnlyList<OutboxEntry>> LeaseCommittedAsync(
        int count, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken)
    {
        var leased = new List<OutboxEntry>();
        foreach (var bronorganisatie in committed.Take())
        {
            if (leased.Count == count)
            {
                committed.Keep(bronorganisatie);
                continue;
            }
            var (found, anyDue) = await LeaseInAsync(bronorganisatie, count - leased.Count, now, lease, cancellationToken);
            leased.AddRange(found);
            if (anyDue) committed.Keep(bronorganisatie);
        }
        return leased;
    }

    public async ValueTask DeliveredAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        var lease = CosmosLease.From(entry.Lease);
        await writer.SendAsync("outbox.delivered", lease.Bronorganisatie, [new Step.Delete(lease.Document(entry, null).Id)]);
    }

    public async ValueTask FailedAsync(OutboxEntry entry, DateTimeOffset? retryAt, CancellationToken cancellationToken)
    {
        var lease = CosmosLease.From(entry.Lease);
        await ReplaceAsync("outbox.failed", lease.Document(entry, retryAt));
    }

    public async ValueTask<OutboxResumption> ResumeAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var after = CosmosQueries.WaitingAfter(Timestamp.Format(now + OutboxTimes.Lease), MaxInMemory);
        var waiting = await MakeDueAsync("outbox.waiting", after, entry => entry, cancellationToken);
        var isParked = CosmosQueries.Parked(MaxInMemory);
        var parked = await MakeDueAsync("outbox.parked", isParked, entry => entry with { Attempts = 0 }, cancellationToken);
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
        var waiting = CountAsync(OutboxDocument.WaitingType, cancellationToken);
        var parked = CountAsync(OutboxDocument.ParkedType, cancellationToken);
        var oldest = access.QueryAsync("outbox.oldest", CosmosQueries.OldestWaiting(), null, cancellationToken);
        await Task.WhenAll(waiting, parked, oldest);
        DateTimeOffset? since = await oldest is [var entry, ..] ? Timestamp.Parse(JsonSlices.GetString(entry, "waitingSince"u8)!) : null;
        return new(await waiting, since, await parked);
    }

    public ValueTask<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        committed.WaitAsync(atMost, cancellationToken);

    private static OutboxLine ToLine(OutboxDocument entry)
    {
        var (klant, _, actie, since, _) = entry.Notificatie;
        return new(klant, actie, since, (int)entry.Attempts, entry.Attempts == 0 ? null : entry.NotBefore, entry.NotBefore is null);
    }

    /// <summary>Makes entries due, a portion at a time: what is due no longer matches the query.</summary>
    /// <returns>How many entries; one that another instance changed meanwhile is left as it is.</returns>
    private async Task<long> MakeDueAsync(
        string operation, QueryDefinition portion, Func<OutboxDocument, OutboxDocument> change, CancellationToken cancellationToken)
    {
        var total = 0L;
        while (true)
        {
            var changed = 0;
            var found = await access.QueryAsync(operation, portion, null, cancellationToken);
            foreach (var entry in found.Select(OutboxDocument.Parse))
            {
                var due = change(entry) with { NotBefore = entry.Notificatie.Aanmaakdatum };
                var answer = await ReplaceAsync("outbox.resume", due);
                if (!answer.Succeeded) continue;
                changed++;
                committed.Add(entry.Bronorganisatie);
            }
            total += changed;
            if (changed == 0 || found.Count < MaxInMemory) return total;
        }
    }

    private async Task<long> CountAsync(string type, CancellationToken cancellationToken)
    {
        var sample = CosmosQueries.OutboxSample(type, MaxCounted);
        return (await access.QueryAsync("outbox.count", sample, null, cancellationToken, MaxCounted)).Count;
    }

    /// <summary>Leases entries in one partition or, when it is null, in all.</summary>
    /// <returns>The entries, and whether any was due, if only behind an older one of its klant.</returns>
    private async Task<(List<OutboxEntry> Leased, bool AnyDue)> LeaseInAsync(
        string? bronorganisatie, int count, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken)
    {
        var leased = new List<OutboxEntry>();
        var examined = 0;
        var query = CosmosQueries.Due(bronorganisatie, Timestamp.Format(now), Timestamp.Format(now + OutboxTimes.MaxDelay));
        await foreach (var due in access.QueryPagesAsync("outbox.due", query, bronorganisatie, cancellationToken))
        {
            for (var at = 0; at < due.Count && leased.Count < count;)
            {
                var portion = due.Skip(at).Take(count - leased.Count).Select(OutboxDocument.Parse).ToList();
                at += portion.Count;
                var entries = await Task.WhenAll(portion.Select(entry => TryLeaseAsync(entry, now, lease, cancellationToken)));
                leased.AddRange(entries.OfType<OutboxEntry>());
            }
            examined += due.Count;
            if (leased.Count == count || examined >= MaxExamined) break;
        }
        return (leased, examined > 0);
    }

    /// <returns>Null when an older entry of the klant still waits, or when another instance has changed this one.</returns>
    private async Task<OutboxEntry?> TryLeaseAsync(
        OutboxDocument entry, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken)
    {
        if (await FindOlderAsync(entry, cancellationToken) is { } older)
        {
            // Until then a search need not meet this entry again. A lease is shorter, and may end at any moment.
            var waits = older > now + lease && older <= now + OutboxTimes.MaxDelay;
            if (waits) await ReplaceAsync("outbox.postpone", entry with { NotBefore = older });
            return null;
        }
        var held = entry with { Attempts = entry.Attempts + 1, NotBefore = now + lease };
        var answer = await ReplaceAsync("outbox.lease", held);
        if (answer is not { Succeeded: true, ETag: { } etag }) return null;
        return new(
            entry.Notificatie,
            (int)held.Attempts,
            new CosmosLease(entry.Bronorganisatie, entry.Commit, entry.Number, entry.HasMoved, etag));
    }

    /// <summary>When the oldest entry of the klant may be delivered, if it is older than this one; null when none is.</summary>
    private async Task<DateTimeOffset?> FindOlderAsync(OutboxDocument entry, CancellationToken cancellationToken)
    {
        if (entry.Number == 1) return null;
        var partition = entry.HasMoved ? null : entry.Bronorganisatie;
        var query = CosmosQueries.OlderNotification(partition, entry.Notificatie.Klant, entry.Number);
        var found = await access.QueryAsync("outbox.older", query, partition, cancellationToken);
        return found is [var older, ..] ? Timestamp.Parse(JsonSlices.GetString(older, "notBefore"u8)!) : null;
    }

    /// <remarks>
    /// A refusal means that another instance has the entry, or that the answer to our own write was lost. In the second case the
    /// entry can be leased again when this lease ends.
    /// </remarks>
    private Task<WriteAnswer> ReplaceAsync(string operation, OutboxDocument entry) =>
        writer.SendAsync(operation, entry.Bronorganisatie, [new Step.Replace(entry.Id, entry.ToJson(), entry.ETag)]);
}
