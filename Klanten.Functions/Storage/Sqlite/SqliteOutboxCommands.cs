using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// What changes the outbox, as statements for the writer. Each finds its rows by an index, so its cost does not depend on how
/// many notifications wait: it runs in a transaction that commits of klanten share.
/// </summary>
internal static class SqliteOutboxCommands
{
    /// <summary>Klanten of which one transaction resumes what is parked.</summary>
    private const int ResumedKlanten = 100;

    /// <summary>Entries that one transaction makes due.</summary>
    private const int HastenedEntries = 1000;

    internal const string Insert =
        """
        INSERT INTO outbox (klant, hoofd_object, actie, aanmaakdatum, subject_type, head)
        VALUES (?1, ?2, ?3, ?4, ?5, NOT EXISTS (SELECT 1 FROM outbox WHERE klant = ?1))
        """;

    /// <summary>
    /// ?1 is now, ?2 the furthest moment that counts, ?3 the maximum. What was tried before comes first: it is the oldest. A
    /// moment after ?2 was written by a clock that has been set back since.
    /// </summary>
    internal const string SelectDue =
        """
        SELECT sequence FROM (
            SELECT * FROM (
                SELECT sequence FROM outbox WHERE head = 1 AND not_before BETWEEN 1 AND ?1 ORDER BY not_before, sequence LIMIT ?3)
            UNION ALL
            SELECT * FROM (SELECT sequence FROM outbox WHERE head = 1 AND not_before > ?2 ORDER BY not_before, sequence LIMIT ?3)
            UNION ALL
            SELECT * FROM (SELECT sequence FROM outbox WHERE head = 1 AND not_before = 0 ORDER BY sequence LIMIT ?3))
        LIMIT ?3
        """;

    internal const string LeaseOne =
        """
        UPDATE outbox SET not_before = ?2, attempts = attempts + 1 WHERE sequence = ?1
        RETURNING klant, hoofd_object, actie, aanmaakdatum, subject_type, attempts
        """;

    internal const string DeleteOne = "DELETE FROM outbox WHERE sequence = ?1 RETURNING klant, head";

    internal const string RaiseHead = "UPDATE outbox SET head = 1 WHERE sequence = (SELECT min(sequence) FROM outbox WHERE klant = ?1)";

    private const string LowerHead = "UPDATE outbox SET head = 0 WHERE sequence = (SELECT min(sequence) FROM outbox WHERE klant = ?1)";

    internal const string PostponeOne = "UPDATE outbox SET not_before = ?3 WHERE sequence = ?1 AND not_before = ?2";

    internal const string ParkOne =
        """
        INSERT INTO parked (sequence, klant, hoofd_object, actie, aanmaakdatum, subject_type, attempts)
        SELECT sequence, klant, hoofd_object, actie, aanmaakdatum, subject_type, attempts
        FROM outbox WHERE sequence = ?1 AND not_before = ?2
        """;

    private const string SelectParkedKlanten = "SELECT DISTINCT klant FROM parked ORDER BY klant LIMIT ?1";

    internal const string ReturnParked =
        """
        INSERT INTO outbox (sequence, klant, hoofd_object, actie, aanmaakdatum, subject_type, head)
        SELECT sequence, klant, hoofd_object, actie, aanmaakdatum, subject_type, 0 FROM parked WHERE klant = ?1
        """;

    internal const string Hasten =
        """
        UPDATE outbox SET not_before = 0
        WHERE sequence IN (SELECT sequence FROM outbox WHERE head = 1 AND not_before > ?1 LIMIT ?2)
        """;

    public static void Add(SqliteTransaction transaction, Notificatie notificatie)
    {
        transaction.Session.Execute(Insert,
            notificatie.Klant.Value,
            notificatie.HoofdObject,
            (int)notificatie.Actie,
            SqliteValues.Microseconds(notificatie.Aanmaakdatum),
            notificatie.SubjectType);
        transaction.AddToOutbox(waiting: 1);
    }

    /// <summary>Whether any entry may be leased.</summary>
    public static bool HasDue(SqliteSession session, DateTimeOffset now) => FindDue(session, 1, now).Count > 0;

    public static IReadOnlyList<OutboxEntry> Lease(SqliteTransaction transaction, int count, DateTimeOffset now, TimeSpan lease)
    {
        var until = SqliteValues.Microseconds(now + lease);
        var entries = new List<OutboxEntry>();
        foreach (var sequence in FindDue(transaction.Session, count, now))
        {
            using var row = transaction.Session.Prepare(LeaseOne, sequence, until);
            row.Step();
            var notificatie = new Notificatie(
                new(row.Guid(0)),
                row.Text(1),
                (Actie)row.Int64(2),
                SqliteValues.Moment(row.Int64(3)),
                row.IsNull(4) ? null : row.Text(4));
            entries.Add(new(notificatie, (int)row.Int64(5), new SqliteLease(sequence, until)));
        }
        return entries;
    }

    public static void Deliver(SqliteTransaction transaction, SqliteLease lease) => Delete(transaction, lease.Sequence);

    public static void Postpone(SqliteTransaction transaction, SqliteLease lease, DateTimeOffset until) =>
        transaction.Session.Execute(PostponeOne, lease.Sequence, lease.Until, SqliteValues.Microseconds(until));

    public static void Park(SqliteTransaction transaction, SqliteLease lease)
    {
        if (transaction.Session.Execute(ParkOne, lease.Sequence, lease.Until) == 0) return;
        Delete(transaction, lease.Sequence);
        transaction.AddToOutbox(parked: 1);
    }

    /// <summary>
    /// Returns what is parked to the outbox, for some klanten; all of one klant in the same transaction, which keeps their order.
    /// </summary>
    /// <returns>How many entries; 0 when nothing is parked.</returns>
    public static long Resume(SqliteTransaction transaction)
    {
        var session = transaction.Session;
        var resumed = 0;
        foreach (var klant in ReadParkedKlanten(session))
        {
            session.Execute(LowerHead, klant);
            session.Execute(ReturnParked, klant);
            resumed += session.Execute("DELETE FROM parked WHERE klant = ?1", klant);
            session.Execute(RaiseHead, klant);
        }
        transaction.AddToOutbox(waiting: resumed, parked: -resumed);
        return resumed;
    }

    /// <summary>Makes entries due that wait for their next attempt.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="after">Entries that are due by then are left alone: this may be the end of a lease.</param>
    /// <returns>How many entries; 0 when none waits longer.</returns>
    public static long MakeDue(SqliteTransaction transaction, DateTimeOffset after) =>
        transaction.Session.Execute(Hasten, SqliteValues.Microseconds(after), HastenedEntries);

    private static List<long> FindDue(SqliteSession session, int count, DateTimeOffset now)
    {
        var furthest = SqliteValues.Microseconds(now + OutboxTimes.MaxDelay);
        using var rows = session.Prepare(SelectDue, SqliteValues.Microseconds(now), furthest, count);
        var due = new List<long>();
        while (rows.Step()) due.Add(rows.Int64(0));
        return due;
    }

    private static List<Guid> ReadParkedKlanten(SqliteSession session)
    {
        using var rows = session.Prepare(SelectParkedKlanten, ResumedKlanten);
        var klanten = new List<Guid>();
        while (rows.Step()) klanten.Add(rows.Guid(0));
        return klanten;
    }

    /// <summary>Removes an entry. The next of its klant may be delivered then, unless the entry was not the oldest (any more).</summary>
    private static void Delete(SqliteTransaction transaction, long sequence)
    {
        Guid? klantWithoutHead = null;
        using (var row = transaction.Session.Prepare(DeleteOne, sequence))
        {
            if (!row.Step()) return;
            if (row.Int64(1) == 1) klantWithoutHead = row.Guid(0);
        }
        if (klantWithoutHead is { } klant) transaction.Session.Execute(RaiseHead, klant);
        transaction.AddToOutbox(waiting: -1);
    }
}
