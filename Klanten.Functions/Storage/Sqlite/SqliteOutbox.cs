using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>The outbox of the embedded store. A lease moves <c>not_before</c> of its entry to the lease's end.</summary>
internal sealed class SqliteOutbox(SqliteDatabase database) : IOutbox
{
    private const string HasEntries = "SELECT EXISTS (SELECT 1 FROM notificatie WHERE parked = 0)";

    private const string Lease =
        """
        UPDATE notificatie
        SET not_before = ?1, attempts = attempts + 1
        WHERE sequence IN (
            SELECT sequence
            FROM notificatie n
            WHERE parked = 0
              AND not_before <= ?2
              AND NOT EXISTS (
                SELECT 1
                FROM notificatie earlier
                WHERE earlier.klant = n.klant AND earlier.sequence < n.sequence AND earlier.parked = 0)
            ORDER BY sequence
            LIMIT ?3)
        RETURNING sequence, klant, hoofd_object, actie, aanmaakdatum, subject_type, attempts
        """;

    private const string Postpone = "UPDATE notificatie SET not_before = ?3 WHERE sequence = ?1 AND not_before = ?2";

    private const string Park = "UPDATE notificatie SET parked = 1 WHERE sequence = ?1 AND not_before = ?2";

    private const string Resume = "UPDATE notificatie SET parked = 0, attempts = 0, not_before = 0 WHERE parked = 1";

    private const string Status =
        """
        SELECT
            count(*) FILTER (WHERE parked = 0),
            min(aanmaakdatum) FILTER (WHERE parked = 0),
            count(*) FILTER (WHERE parked = 1)
        FROM notificatie
        """;

    public async ValueTask<IReadOnlyList<OutboxEntry>> LeaseAsync(
        int count, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // The outbox is empty most of the time, and a read costs less than a transaction of the writer.
        if (database.Read(static session => session.Number(HasEntries)) == 0) return [];
        return await database.WriteAsync(transaction => LeaseEntries(transaction.Session, count, now, lease));
    }

    public async ValueTask DeliveredAsync(OutboxEntry entry, CancellationToken cancellationToken) =>
        await ExecuteAsync("DELETE FROM notificatie WHERE sequence = ?1", SqliteLease.From(entry.Lease).Sequence);

    public async ValueTask FailedAsync(OutboxEntry entry, DateTimeOffset? retryAt, CancellationToken cancellationToken)
    {
        var (sequence, until) = SqliteLease.From(entry.Lease);
        if (retryAt is { } moment) await ExecuteAsync(Postpone, sequence, until, SqliteValues.Microseconds(moment));
        else await ExecuteAsync(Park, sequence, until);
    }

    public async ValueTask<long> ResumeAsync(CancellationToken cancellationToken)
    {
        var resumed = await ExecuteAsync(Resume);
        database.OutboxSignal.Set();
        return resumed;
    }

    public ValueTask<OutboxStatus> StatusAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(database.Read(static session =>
        {
            using var row = session.Prepare(Status);
            row.Step();
            return new OutboxStatus(row.Int64(0), row.IsNull(1) ? null : SqliteValues.Moment(row.Int64(1)), row.Int64(2));
        }));
    }

    public ValueTask WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) =>
        database.OutboxSignal.WaitAsync(atMost, cancellationToken);

    private static List<OutboxEntry> LeaseEntries(SqliteSession session, int count, DateTimeOffset now, TimeSpan lease)
    {
        var until = SqliteValues.Microseconds(now + lease);
        var entries = new List<OutboxEntry>();
        using var rows = session.Prepare(Lease, until, SqliteValues.Microseconds(now), count);
        while (rows.Step())
        {
            var notificatie = new Notificatie(
                new(rows.Guid(1)),
                rows.Text(2),
                (Actie)rows.Int64(3),
                SqliteValues.Moment(rows.Int64(4)),
                rows.IsNull(5) ? null : rows.Text(5));
            entries.Add(new(notificatie, (int)rows.Int64(6), new SqliteLease(rows.Int64(0), until)));
        }
        return entries;
    }

    /// <returns>Rows changed.</returns>
    private Task<int> ExecuteAsync(string sql, params object?[] values) =>
        database.WriteAsync(transaction => transaction.Session.Execute(sql, values));
}
