using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>The outbox in the embedded store. An entry is held by moving its <c>niet_voor</c> ahead.</summary>
internal sealed class SqliteOutbox(SqliteDatabase database) : IOutbox
{
    private const string Lease =
        "UPDATE notificatie SET niet_voor = ?1, pogingen = pogingen + 1 WHERE nr IN (" +
        "SELECT nr FROM notificatie n WHERE geparkeerd = 0 AND niet_voor <= ?2 " +
        "AND NOT EXISTS (SELECT 1 FROM notificatie eerder WHERE eerder.klant = n.klant AND eerder.nr < n.nr AND eerder.geparkeerd = 0) " +
        "ORDER BY nr LIMIT ?3) RETURNING nr, klant, hoofd_object, actie, aanmaakdatum, subject_type, pogingen";

    public async ValueTask<IReadOnlyList<OutboxEntry>> LeaseAsync(int count, DateTimeOffset now, TimeSpan lease, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // Most looks find nothing, and looking is cheaper than writing.
        if (database.Read(session => session.Number("SELECT EXISTS (SELECT 1 FROM notificatie WHERE geparkeerd = 0)")) == 0) return [];
        var entries = new List<OutboxEntry>();
        await database.WriteAsync(transaction =>
        {
            entries.Clear();
            var until = SqliteValues.Microseconds(now + lease);
            using var rows = transaction.Session.Prepare(Lease, until, SqliteValues.Microseconds(now), count);
            while (rows.Step())
            {
                var klant = new KlantId(rows.Guid(1));
                var notificatie = new Notificatie(klant, rows.Text(2), (Actie)rows.Int64(3), SqliteValues.Moment(rows.Int64(4)), rows.IsNull(5) ? null : rows.Text(5));
                entries.Add(new(notificatie, (int)rows.Int64(6), new SqliteLease(rows.Int64(0), until)));
            }
            return CommitResult.Committed;
        });
        return entries;
    }

    public async ValueTask DeliveredAsync(OutboxEntry entry, CancellationToken cancellationToken) =>
        await WriteAsync("DELETE FROM notificatie WHERE nr = ?1", SqliteLease.From(entry.Lease).Number);

    public async ValueTask FailedAsync(OutboxEntry entry, DateTimeOffset? retryAt, CancellationToken cancellationToken)
    {
        var (nr, until) = SqliteLease.From(entry.Lease);
        await (retryAt is { } moment
            ? WriteAsync("UPDATE notificatie SET niet_voor = ?3 WHERE nr = ?1 AND niet_voor = ?2", nr, until, SqliteValues.Microseconds(moment))
            : WriteAsync("UPDATE notificatie SET geparkeerd = 1 WHERE nr = ?1 AND niet_voor = ?2", nr, until));
    }

    public async ValueTask<long> ResumeAsync(CancellationToken cancellationToken)
    {
        var resumed = await WriteAsync("UPDATE notificatie SET geparkeerd = 0, pogingen = 0, niet_voor = 0 WHERE geparkeerd = 1");
        database.OutboxSignal.Set();
        return resumed;
    }

    public ValueTask<OutboxStatus> StatusAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(database.Read(session =>
        {
            using var row = session.Prepare(
                "SELECT count(*) FILTER (WHERE geparkeerd = 0), min(aanmaakdatum) FILTER (WHERE geparkeerd = 0), count(*) FILTER (WHERE geparkeerd = 1) FROM notificatie");
            row.Step();
            return new OutboxStatus(row.Int64(0), row.IsNull(1) ? null : SqliteValues.Moment(row.Int64(1)), row.Int64(2));
        }));
    }

    public ValueTask WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => database.OutboxSignal.WaitAsync(atMost, cancellationToken);

    private async Task<int> WriteAsync(string sql, params object?[] values)
    {
        var changed = 0;
        await database.WriteAsync(transaction =>
        {
            changed = transaction.Session.Execute(sql, values);
            return CommitResult.Committed;
        });
        return changed;
    }
}
