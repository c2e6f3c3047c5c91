using System.Text.Json;
using Klanten.Core.Model;
using SQLitePCL;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// Recounts and compares everything in a store that is not in use. A finding is one sentence; it names a klant by its uuid and
/// holds no other data of a klant.
/// </summary>
/// <param name="session">A session on the store, which this process owns.</param>
/// <param name="report">Receives each finding.</param>
/// <param name="progress">Receives the number of klanten that were checked.</param>
internal sealed class SqliteCheck(SqliteSession session, Action<Sentence> report, Action<long> progress)
{
    private const string CountKlanten =
        """
        SELECT bronorganisatie, count(*) AS count FROM klant GROUP BY bronorganisatie
        UNION ALL
        SELECT '', count(*) FROM klant HAVING count(*) > 0
        """;

    /// <remarks>Here and below both sides are added up: SQLite would compare each row of a full join with every other.</remarks>
    private const string WrongCounts =
        $"""
        SELECT bronorganisatie, sum(kept), sum(counted)
        FROM (
            SELECT bronorganisatie, 0 AS kept, count AS counted FROM ({CountKlanten})
            UNION ALL
            SELECT bronorganisatie, count, 0 FROM klant_count)
        GROUP BY bronorganisatie
        HAVING sum(kept) <> sum(counted)
        """;

    private const string WrongBlocks =
        $"""
        WITH
            counted (bits, block, bronorganisatie, count) AS ({SqliteBlocks.Count}),
            wrong AS (
                SELECT bronorganisatie
                FROM (
                    SELECT bits, block, bronorganisatie, count FROM counted
                    UNION ALL
                    SELECT bits, block, bronorganisatie, -count FROM klant_count_by_block)
                GROUP BY bits, block, bronorganisatie
                HAVING sum(count) <> 0)
        SELECT bronorganisatie, count(*) FROM wrong GROUP BY bronorganisatie
        """;

    private const string CountOutbox =
        "SELECT 'waiting' AS state, count(*) AS count FROM outbox UNION ALL SELECT 'parked', count(*) FROM parked";

    private const string WrongOutboxCounts =
        $"""
        WITH counted AS ({CountOutbox})
        SELECT state, coalesce(kept.count, 0), counted.count
        FROM counted LEFT JOIN outbox_count AS kept USING (state)
        WHERE coalesce(kept.count, 0) <> counted.count
        """;

    private const string MendCounts =
        $"""
        UPDATE klant_count SET count = 0;
        INSERT INTO klant_count (bronorganisatie, count) SELECT * FROM ({CountKlanten}) WHERE true
        ON CONFLICT DO UPDATE SET count = excluded.count;
        DELETE FROM klant_count_by_block;
        INSERT INTO klant_count_by_block {SqliteBlocks.Count};
        DELETE FROM outbox_count;
        INSERT INTO outbox_count {CountOutbox}
        """;

    /// <summary>More than this many generated klantnummers of eight digits do not exist.</summary>
    private const long MaxNumber = 90_000_000;

    private static readonly string SelectKlanten =
        $"""
        SELECT sequence, id, version, json, {string.Join(", ", SqliteSchema.FilterColumns.Select(c => c.Column))}
        FROM klant
        ORDER BY sequence
        """;

    public long Findings { get; private set; }

    /// <summary>Makes the counts and the full-text index those of the klanten and of the outbox, in one transaction.</summary>
    public static void Mend(SqliteSession session)
    {
        var transaction = new SqliteTransaction(session, new(0));
        transaction.Begin();
        session.Script(MendCounts);
        session.Script(SqliteWords.Make);
        transaction.Commit();
    }

    public void Run()
    {
        Try(FindingTexts.File, CheckFile);
        Try(FindingTexts.Schema, CheckSchema);
        Try(FindingTexts.Counts, CheckCounts);
        Try(FindingTexts.Words, CheckWords);
        Try(FindingTexts.Klanten, CheckKlanten);
        Try(FindingTexts.Trails, CheckTrails);
        Try(FindingTexts.Counters, CheckNumbers);
        Try(FindingTexts.Outbox, CheckOutbox);
    }

    private void Try(Text subject, Action check)
    {
        try
        {
            check();
        }
        catch (SqliteException exception) when (!IsOfCheck(exception))
        {
            Find(FindingTexts.NotRead, subject, SqliteTexts.Describe(exception));
        }
    }

    /// <summary>Whether the check could not be made, which says nothing about the store. That of the full-text index writes.</summary>
    private static bool IsOfCheck(SqliteException exception) =>
        exception.PrimaryCode is raw.SQLITE_INTERRUPT or raw.SQLITE_READONLY or raw.SQLITE_FULL or raw.SQLITE_BUSY or raw.SQLITE_NOMEM;

    /// <remarks>It compares every index with its table. Its lines name tables, indexes, pages and rows.</remarks>
    private void CheckFile()
    {
        using var rows = session.Prepare("PRAGMA integrity_check(1000)");
        while (rows.Step())
        {
            if (rows.Text(0) is not "ok" and var line) Find(FindingTexts.Integrity, line);
        }
    }

    private void CheckSchema()
    {
        using var example = new SqliteSession(":memory:", SessionKind.Plain);
        SqliteSchema.AddIndexes(example);
        foreach (var name in Names(example).Except(Names(session))) Find(FindingTexts.Missing, name);
    }

    private void CheckCounts()
    {
        using (var rows = session.Prepare(WrongCounts))
        {
            while (rows.Step()) Find(FindingTexts.WrongCount, Scope(rows.Text(0)), rows.Int64(1), rows.Int64(2));
        }
        using (var rows = session.Prepare(WrongBlocks))
        {
            while (rows.Step()) Find(FindingTexts.WrongBlocks, Scope(rows.Text(0)), rows.Int64(1));
        }
    }

    private void CheckWords()
    {
        try
        {
            session.Script(SqliteWords.Check);
        }
        catch (SqliteException exception) when (exception.PrimaryCode == raw.SQLITE_CORRUPT)
        {
            Find(FindingTexts.WrongWords);
        }
    }

    private void CheckKlanten()
    {
        using var rows = session.Prepare(SelectKlanten);
        for (var checkedKlanten = 1L; rows.Step(); checkedKlanten++)
        {
            if (rows.Blob(1).Length != 16)
            {
                Find(FindingTexts.NoUuid, rows.Int64(0));
                continue;
            }
            CheckKlant(rows, rows.Guid(1));
            progress(checkedKlanten);
        }
    }

    private void CheckKlant(SqliteStatement row, Guid id)
    {
        if (TryRead(row.Blob(3)) is not { } klant)
        {
            Find(FindingTexts.UnreadableKlant, id);
            return;
        }
        for (var i = 0; i < SqliteSchema.FilterColumns.Count; i++)
        {
            var (field, column, _) = SqliteSchema.FilterColumns[i];
            var kept = row.IsNull(i + 4) ? "" : row.Text(i + 4);
            if (kept != (field.Read(klant) ?? "")) Find(FindingTexts.WrongColumn, column, id);
        }
    }

    private void CheckTrails()
    {
        const string Orphans = "SELECT count(*) FROM audit WHERE klant NOT IN (SELECT sequence FROM klant)";
        const string Incomplete =
            """
            SELECT id, count(audit.sequence), version
            FROM klant LEFT JOIN audit ON audit.klant = klant.sequence
            GROUP BY klant.sequence
            HAVING count(audit.sequence) <> version OR count(DISTINCT uuid) <> count(audit.sequence)
            """;
        if (session.Number(Orphans) is > 0 and var orphans) Find(FindingTexts.Orphans, orphans);
        using (var rows = session.Prepare(Incomplete))
        {
            while (rows.Step())
            {
                Find(FindingTexts.IncompleteTrail, rows.Guid(0), rows.Int64(1), rows.Int64(2));
            }
        }
        CheckStates();
    }

    /// <summary>An entry keeps the state before it: none for the first, and readable JSON for each that follows.</summary>
    private void CheckStates()
    {
        const string Entries =
            """
            SELECT k.id, a.uuid, a.actie, a.oud
            FROM klant k JOIN audit a ON a.klant = k.sequence
            ORDER BY k.sequence, a.sequence
            """;
        var previous = Guid.Empty;
        using var rows = session.Prepare(Entries);
        while (rows.Step())
        {
            var (klant, entry) = (rows.Guid(0), rows.Guid(1));
            var isFirst = klant != previous;
            previous = klant;
            var isCreation = (Actie)rows.Int64(2) == Actie.Create;
            if (isFirst != isCreation || isFirst != rows.IsNull(3))
            {
                Find(FindingTexts.MisplacedEntry, entry, klant);
            }
            else if (!isFirst && TryRead(rows.Blob(3)) is null)
            {
                Find(FindingTexts.UnreadableState, entry, klant);
            }
        }
    }

    /// <remarks>Consumers may choose klantnummers above the counter themselves, so such a number is no finding.</remarks>
    private void CheckNumbers()
    {
        const string Impossible = "SELECT bronorganisatie, last_number FROM klant_count WHERE last_number NOT BETWEEN 0 AND ?1";
        using var rows = session.Prepare(Impossible, MaxNumber);
        while (rows.Step()) Find(FindingTexts.WrongNumber, Scope(rows.Text(0)), rows.Int64(1));
    }

    private void CheckOutbox()
    {
        const string Unreadable =
            """
            SELECT (SELECT count(*) FROM outbox WHERE length(klant) <> 16 OR attempts < 0)
                + (SELECT count(*) FROM parked WHERE length(klant) <> 16 OR attempts < 0)
            """;
        const string WrongHeads =
            """
            WITH first AS (SELECT klant, min(sequence) AS sequence FROM outbox GROUP BY klant)
            SELECT count(*) FROM outbox JOIN first USING (klant) WHERE head <> (outbox.sequence = first.sequence)
            """;
        if (session.Number(Unreadable) is > 0 and var unreadable) Find(FindingTexts.Undeliverable, unreadable);
        if (session.Number(WrongHeads) is > 0 and var wrong) Find(FindingTexts.NotAtTheirTurn, wrong);
        using var rows = session.Prepare(WrongOutboxCounts);
        while (rows.Step())
        {
            var text = rows.Text(0) == "parked" ? FindingTexts.WrongParked : FindingTexts.WrongWaiting;
            Find(text, rows.Int64(1), rows.Int64(2));
        }
    }

    private void Find(Text finding, params object?[] values)
    {
        Findings++;
        report(finding.With(values));
    }

    private static Sentence Scope(string bronorganisatie) => bronorganisatie == SqliteSchema.AllKlanten
        ? FindingTexts.AllKlanten
        : FindingTexts.OfBronorganisatie.With(bronorganisatie);

    private static HashSet<string> Names(SqliteSession session)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        using var rows = session.Prepare("SELECT name FROM sqlite_schema WHERE sql IS NOT NULL");
        while (rows.Step()) names.Add(rows.Text(0));
        return names;
    }

    private static Klant? TryRead(ReadOnlySpan<byte> json)
    {
        try
        {
            return KlantJson.Read(json.ToArray());
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
