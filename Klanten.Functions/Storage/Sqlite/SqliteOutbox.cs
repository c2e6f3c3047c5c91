using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>The outbox of the embedded store. A lease moves <c>not_before</c> of its entry to the lease's end.</summary>
internal sealed class SqliteOutbox(SqliteDatabase database) : IOutbox
{
    /// <summary>A search is a look-up in an index of the file.</summary>
    public TimeSpan SearchInterval => TimeSpan.FromSeconds(1);

    public async ValueTask<IReadOnlyList<OutboxEntry>> LeaseAsync(
        int count, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Nothing is due most of the time, and a read costs less than a transaction of the writer.
        if (!database.Read(static (session, now) => SqliteOutboxCommands.HasDue(session, now), now)) return [];
        return await database.WriteAsync(
            transaction => SqliteOutboxCommands.Lease(transaction, count, now, lease), cancellationToken: cancellationToken);
    }

    public ValueTask<IReadOnlyList<OutboxEntry>> LeaseCommittedAsync(
        int count, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken) =>
        LeaseAsync(count, now, lease, cancellationToken);

    public async ValueTask DeliveredAsync(OutboxEntry entry, CancellationToken cancellationToken)
    {
        var lease = SqliteLease.From(entry.Lease);
        await database.WriteAsync(transaction => SqliteOutboxCommands.Deliver(transaction, lease));
    }

    public async ValueTask FailedAsync(OutboxEntry entry, DateTimeOffset? retryAt, CancellationToken cancellationToken)
    {
        var lease = SqliteLease.From(entry.Lease);
        await database.WriteAsync(transaction =>
        {
            if (retryAt is { } moment) SqliteOutboxCommands.Postpone(transaction, lease, moment);
            else SqliteOutboxCommands.Park(transaction, lease);
        });
    }

    /// <remarks>In many transactions, so that commits of klanten do not wait for all of it.</remarks>
    public async ValueTask<OutboxResumption> ResumeAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var after = now + OutboxTimes.Lease;
        var waiting = await RepeatAsync(transaction => SqliteOutboxCommands.MakeDue(transaction, after), cancellationToken);
        var parked = await RepeatAsync(SqliteOutboxCommands.Resume, cancellationToken);
        database.OutboxSignal.Set();
        return new(parked, waiting);
    }

    public ValueTask<OutboxStatus> StatusAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(database.Read(SqliteOutboxQueries.Status));
    }

    public ValueTask<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        database.OutboxSignal.WaitAsync(atMost, cancellationToken);

    /// <returns>The sum of what the transactions returned, the last of which returned 0.</returns>
    private async Task<long> RepeatAsync(Func<SqliteTransaction, long> work, CancellationToken cancellationToken)
    {
        for (var sum = 0L; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = await database.WriteAsync(work, cancellationToken: cancellationToken);
            if (count == 0) return sum;
            sum += count;
        }
    }
}
