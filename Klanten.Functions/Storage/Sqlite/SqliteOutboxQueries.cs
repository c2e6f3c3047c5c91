using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>What readers see of the outbox. The counts are kept, so none of it depends on how many notifications wait.</summary>
internal static class SqliteOutboxQueries
{
    internal const string SelectStatus =
        """
        SELECT
            (SELECT count FROM outbox_count WHERE state = 'waiting'),
            (SELECT aanmaakdatum FROM outbox ORDER BY sequence LIMIT 1),
            (SELECT count FROM outbox_count WHERE state = 'parked')
        """;

    private const string SelectParked =
        "SELECT sequence, klant, actie, aanmaakdatum, attempts, 0, 1 FROM parked ORDER BY sequence LIMIT ?1";

    private const string SelectWaiting =
        "SELECT sequence, klant, actie, aanmaakdatum, attempts, not_before, 0 FROM outbox ORDER BY sequence LIMIT ?1";

    public static OutboxStatus Status(SqliteSession session)
    {
        using var row = session.Prepare(SelectStatus);
        row.Step();
        return new(Count(row, 0), row.IsNull(1) ? null : SqliteValues.Moment(row.Int64(1)), Count(row, 2));
    }

    /// <summary>The oldest notifications, parked or not.</summary>
    public static IReadOnlyList<OutboxLine> Lines(SqliteSession session, int count)
    {
        var lines = new List<(long Sequence, OutboxLine Line)>();
        foreach (var sql in (ReadOnlySpan<string>)[SelectParked, SelectWaiting])
        {
            using var rows = session.Prepare(sql, count);
            while (rows.Step()) lines.Add((rows.Int64(0), ReadLine(rows)));
        }
        return [.. lines.OrderBy(line => line.Sequence).Take(count).Select(line => line.Line)];
    }

    private static long Count(SqliteStatement row, int column) => row.IsNull(column) ? 0 : row.Int64(column);

    private static OutboxLine ReadLine(SqliteStatement row) => new(
        new(row.Guid(1)),
        (Actie)row.Int64(2),
        SqliteValues.Moment(row.Int64(3)),
        (int)row.Int64(4),
        row.Int64(5) == 0 ? null : SqliteValues.Moment(row.Int64(5)),
        row.Int64(6) == 1);
}
