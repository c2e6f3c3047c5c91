using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>The queries of the readers. Values are always parameters, never text in a statement.</summary>
internal static class SqliteQueries
{
    /// <summary>An entry does not keep what the klant became: that is <c>oud</c> of the next entry, or the klant as it is now.</summary>
    private const string SelectAuditEntries =
        """
        SELECT a.uuid, a.actie, a.aanmaakdatum, a.resource_weergave, a.applicatie_id, a.applicatie_weergave, a.gebruikers_id,
            a.gebruikers_weergave, a.toelichting, a.logrecord_id, a.oud,
            coalesce(
                (SELECT following.oud
                 FROM audit following
                 WHERE following.klant = a.klant AND following.sequence > a.sequence
                 ORDER BY following.sequence
                 LIMIT 1),
                k.json),
            a.sequence
        FROM klant k JOIN audit a ON a.klant = k.sequence
        """;

    private const string SelectKlantnummersFrom =
        """
        SELECT klantnummer FROM klant
        WHERE bronorganisatie = ?1 AND klantnummer BETWEEN ?2 AND ?3
        ORDER BY klantnummer
        """;

    private const string SelectKlantenFrom =
        """
        SELECT id, version, json, sequence FROM klant
        WHERE sequence >= ?1
        ORDER BY sequence LIMIT ?2 OFFSET ?3
        """;

    private const string SelectKlantenAfter =
        """
        SELECT id, version, json, sequence FROM klant
        WHERE sequence > ?1
        ORDER BY sequence LIMIT ?2
        """;

    private const string SelectKlantenOfBronorganisatieFrom =
        """
        SELECT id, version, json, sequence FROM klant
        WHERE sequence >= ?1 AND bronorganisatie = ?4
        ORDER BY sequence LIMIT ?2 OFFSET ?3
        """;

    /// <summary>Always one row, which holds the read transaction.</summary>
    private const string SelectCount = "SELECT coalesce((SELECT count FROM klant_count WHERE bronorganisatie = ?1), 0)";

    private const string SelectTrail =
        SelectAuditEntries + " WHERE k.id = ?1 AND a.sequence > ?2 AND a.sequence <= ?3 ORDER BY a.sequence";

    private const string SelectEndOfTrail =
        "SELECT max(a.sequence) FROM klant k JOIN audit a ON a.klant = k.sequence WHERE k.id = ?1";

    public static StoredKlant? Read(SqliteSession session, KlantId id)
    {
        using var row = session.Prepare("SELECT version, json FROM klant WHERE id = ?1").Bind(id.Value);
        return row.Step() ? new(id, row.Blob(1).ToArray(), SqliteVersion.Create(row.Int64(0))) : null;
    }

    public static List<StoredKlant> ReadMany(SqliteSession session, IEnumerable<KlantId> ids) =>
        [.. ids.Select(id => Read(session, id)).OfType<StoredKlant>()];

    /// <summary>Klanten after one place in the order of every list.</summary>
    /// <returns>The klanten, and the place of the last of them.</returns>
    public static (List<StoredKlant> Klanten, long Last) ReadAfter(SqliteSession session, long place, int count)
    {
        using var rows = session.Prepare(SelectKlantenAfter, place, count);
        var klanten = new List<StoredKlant>();
        var bytes = 0L;
        while (bytes < Chunk.MaxBytes && rows.Step())
        {
            klanten.Add(new(new(rows.Guid(0)), rows.Blob(2).ToArray(), SqliteVersion.Create(rows.Int64(1))));
            bytes += klanten[^1].Json.Length;
            place = rows.Int64(3);
        }
        return (klanten, place);
    }

    public static long Count(SqliteSession session) =>
        session.Number("SELECT count FROM klant_count WHERE bronorganisatie = ?1", SqliteSchema.AllKlanten) ?? 0;

    /// <summary>The counts that the store keeps, of which there is one for each bronorganisatie.</summary>
    public static KlantCounts Counts(SqliteSession session)
    {
        const string Filled = "SELECT count(*) FROM klant_count WHERE bronorganisatie <> ?1 AND count > 0";
        return new(Count(session), session.Number(Filled, SqliteSchema.AllKlanten) ?? 0);
    }

    public static bool IsTaken(SqliteSession session, string bronorganisatie, string klantnummer, KlantId? except)
    {
        const string Sql = "SELECT count(*) FROM klant WHERE bronorganisatie = ?1 AND klantnummer = ?2 AND id IS NOT ?3";
        return session.Number(Sql, bronorganisatie, klantnummer, except?.Value) > 0;
    }

    public static long LastNumber(SqliteSession session, string bronorganisatie) =>
        session.Number("SELECT last_number FROM klant_count WHERE bronorganisatie = ?1", bronorganisatie) ?? 0;

    /// <summary>Reads the klantnummers from this number on, in the order of the unique index, up to the first gap.</summary>
    public static long FreeNumber(SqliteSession session, string bronorganisatie, long from)
    {
        if (GeneratedKlantnummer.Format(from) is not { } klantnummer) return from;
        using var taken = session.Prepare(SelectKlantnummersFrom, bronorganisatie, klantnummer, GeneratedKlantnummer.Last);
        while (taken.Step())
        {
            // Klantnummers of another form, which consumers chose, may stand in between.
            if (GeneratedKlantnummer.Parse(taken.Text(0)) is not { } number) continue;
            if (number > from) return from;
            from = number + 1;
        }
        return from;
    }

    /// <summary>Whether the count of the list is kept, and its pages are found by their block.</summary>
    public static bool IsCounted(KlantFilter filter) =>
        filter.Criteria.Count == 0 || (filter.Criteria.Count == 1 && filter[FilterFields.Bronorganisatie] is not null);

    /// <summary>Whether one of the filters usually leads to few klanten. One bronorganisatie may have them all.</summary>
    public static bool HasKey(KlantFilter filter)
    {
        foreach (var (field, _, index) in SqliteSchema.Conditions)
        {
            if (index == FilterIndex.None || field == FilterFields.Bronorganisatie || field.Comparison != Comparison.Equal) continue;
            if (filter[field] is not null) return true;
        }
        return false;
    }

    /// <remarks>
    /// A statement with a row to come holds a read transaction, so that the count and the page are of the same moment.
    /// </remarks>
    public static SqlitePage? List(SqliteSession session, KlantFilter filter, PageRequest page) =>
        IsCounted(filter) ? CountedPage(session, filter, page) : FilteredPage(session, filter, page);

    /// <summary>Reads klanten of a page that <see cref="List"/> found, for as far as they exist and match the filter still.</summary>
    public static SqliteKlanten Klanten(SqliteSession session, KlantFilter filter, ReadOnlyMemory<KlantId> ids)
    {
        var values = new List<object>();
        var conditions = Conditions(filter, values);
        var sql = $"SELECT id, version, json FROM klant WHERE id = ?{values.Count + 1}{conditions}";
        var klanten = new List<StoredKlant>();
        var bytes = new PooledBytes();
        for (; bytes.Length < Chunk.MaxBytes && !ids.IsEmpty; ids = ids[1..])
        {
            using var row = session.Prepare(sql, [.. values, ids.Span[0].Value]);
            if (row.Step()) klanten.Add(new(ids.Span[0], bytes.Copy(row.Blob(2)), SqliteVersion.Create(row.Int64(1))));
        }
        return new(klanten, bytes, ids);
    }

    /// <summary>The start of the audit trail; null when the klant does not exist.</summary>
    public static SqliteTrail? AuditTrail(SqliteSession session, KlantId id) =>
        AuditTrail(session, id, 0, long.MaxValue) is { Entries.Count: > 0 } trail ? trail : null;

    /// <summary>Entries after one place in the audit trail, up to and including another.</summary>
    public static SqliteTrail AuditTrail(SqliteSession session, KlantId id, long after, long end)
    {
        using var rows = session.Prepare(SelectTrail, id.Value, after, end);
        var entries = new List<AuditEntry>();
        var bytes = 0L;
        while (rows.Step())
        {
            entries.Add(ReadAuditEntry(rows));
            after = rows.Int64(12);
            bytes += entries[^1].Oud.Length + entries[^1].Nieuw.Length;
            if (bytes < Chunk.MaxBytes) continue;
            // The open statement holds a read transaction, so the end is of the same moment as the entries.
            return new(entries, after, end == long.MaxValue ? session.Number(SelectEndOfTrail, id.Value)!.Value : end);
        }
        return new(entries, after, after);
    }

    public static AuditEntry? AuditEntry(SqliteSession session, KlantId id, Guid uuid)
    {
        using var row = session.Prepare(SelectAuditEntries + " WHERE k.id = ?1 AND a.uuid = ?2", id.Value, uuid);
        return row.Step() ? ReadAuditEntry(row) : null;
    }

    /// <summary>
    /// One condition per filter. Without statistics SQLite cannot know which index is selective, so all but one are hidden
    /// from it behind a unary plus (sqlite.org/optoverview.html, 8.1).
    /// </summary>
    internal static SqliteSearch Search(KlantFilter filter)
    {
        var conditions = new List<string>();
        var values = new List<object>();
        var words = new List<string>();
        var driving = FilterIndex.None;
        foreach (var column in SqliteSchema.Conditions)
        {
            if (filter[column.Field] is not { } value) continue;
            if (column.Index == FilterIndex.Words && driving is FilterIndex.None or FilterIndex.Words)
            {
                driving = FilterIndex.Words;
                words.Add(SqliteWords.Word(column, value));
                continue;
            }
            values.Add(value);
            var isDriven = driving != FilterIndex.None;
            var together = column.Field == FilterFields.Bronorganisatie && driving == FilterIndex.WithBronorganisatie;
            AddCondition(conditions, column, values.Count, isHidden: isDriven && !together);
            if (isDriven) continue;
            driving = column.Index;
            // Its index begins with the bronorganisatie: it is searched in that of the filter, or in each.
            if (column.Field == FilterFields.Klantnummer && filter[FilterFields.Bronorganisatie] is null)
            {
                conditions.Add("bronorganisatie IN (SELECT bronorganisatie FROM klant_count)");
            }
        }
        if (words.Count > 0) return SqliteSearch.ByWords(conditions, [.. values, string.Join(' ', words)]);
        var isInOrder = driving != FilterIndex.WithBronorganisatie || filter[FilterFields.Bronorganisatie] is not null;
        return new("klant", "sequence", string.Join(" AND ", conditions), values, isInOrder);
    }

    /// <summary>The conditions of a filter for a klant that is found by its id, each with "AND" before it.</summary>
    private static string Conditions(KlantFilter filter, List<object> values)
    {
        var conditions = new List<string> { "" };
        foreach (var column in SqliteSchema.Conditions)
        {
            if (filter[column.Field] is not { } value) continue;
            values.Add(value);
            AddCondition(conditions, column, values.Count, isHidden: true);
        }
        return string.Join(" AND ", conditions);
    }

    private static void AddCondition(List<string> conditions, FilterColumn column, int parameter, bool isHidden)
    {
        var expression = isHidden ? $"+{column.Column}" : column.Column;
        conditions.Add($"{expression} {column.Field.Comparison.Sql()} ?{parameter}");
        if (column.Field.Comparison is Comparison.Less or Comparison.LessOrEqual) conditions.Add($"{expression} > ''");
    }

    /// <summary>A page of all klanten or of one bronorganisatie: the count is kept, and the page is found by its block.</summary>
    private static SqlitePage? CountedPage(SqliteSession session, KlantFilter filter, PageRequest page)
    {
        var bronorganisatie = filter[FilterFields.Bronorganisatie];
        var scope = bronorganisatie ?? SqliteSchema.AllKlanten;
        using var counted = session.Prepare(SelectCount, scope);
        var count = counted.Step() ? counted.Int64(0) : 0;
        if (page.Resolve(count) is not { } number) return null;
        var (from, skip) = SqliteBlocks.Find(session, scope, (long)(number - 1) * PageRequest.Size);
        using var rows = bronorganisatie is null
            ? session.Prepare(SelectKlantenFrom, from, PageRequest.Size, skip)
            : session.Prepare(SelectKlantenOfBronorganisatieFrom, from, PageRequest.Size, skip, bronorganisatie);
        return new(count, number, ReadKlanten(session, filter, rows));
    }

    private static SqlitePage? FilteredPage(SqliteSession session, KlantFilter filter, PageRequest page)
    {
        if (page.Number == 1) return FirstPage(session, filter);
        using var counted = PrepareCount(session, filter);
        var count = counted.Step() ? counted.Int64(0) : 0;
        if (page.Resolve(count) is not { } number) return null;
        using var rows = PreparePage(session, filter, number);
        return new(count, number, ReadKlanten(session, filter, rows));
    }

    /// <summary>A first page that is not full holds every klant of the list.</summary>
    private static SqlitePage FirstPage(SqliteSession session, KlantFilter filter)
    {
        using var rows = PreparePage(session, filter, 1);
        var klanten = ReadKlanten(session, filter, rows);
        var found = klanten.Klanten.Count + klanten.Rest.Length;
        if (found < PageRequest.Size) return new(found, 1, klanten);
        using var counted = PrepareCount(session, filter);
        counted.Step();
        return new(counted.Int64(0), 1, klanten);
    }

    private static SqliteStatement PrepareCount(SqliteSession session, KlantFilter filter)
    {
        var (from, _, where, values, _) = Search(filter);
        return session.Prepare($"SELECT count(*) FROM {from} WHERE {where}", [.. values]);
    }

    private static SqliteStatement PreparePage(SqliteSession session, KlantFilter filter, int number)
    {
        var search = Search(filter);
        var limit = search.Values.Count + 1;
        return session.Prepare(
            search.Select("id, version, json, sequence", search.Where, $"LIMIT ?{limit} OFFSET ?{limit + 1}"),
            [.. search.Values, PageRequest.Size, (long)(number - 1) * PageRequest.Size]);
    }

    /// <summary>Reads a page and leaves the statement open when the page is full.</summary>
    private static SqliteKlanten ReadKlanten(SqliteSession session, KlantFilter filter, SqliteStatement rows)
    {
        var klanten = new List<StoredKlant>();
        var bytes = new PooledBytes();
        while (klanten.Count < PageRequest.Size && rows.Step())
        {
            klanten.Add(new(new(rows.Guid(0)), bytes.Copy(rows.Blob(2)), SqliteVersion.Create(rows.Int64(1))));
            if (bytes.Length < Chunk.MaxBytes) continue;
            return new(klanten, bytes, ReadIds(session, filter, rows.Int64(3), PageRequest.Size - klanten.Count));
        }
        return new(klanten, bytes);
    }

    /// <summary>The klanten that follow on the page. Only their ids are read: SQLite would copy the JSON of each row it passes.</summary>
    private static KlantId[] ReadIds(SqliteSession session, KlantFilter filter, long after, int count)
    {
        var search = Search(filter);
        var limit = search.Values.Count + 2;
        var where = (search.Where.Length == 0 ? "" : search.Where + " AND ") + $"{search.Place} > ?{limit - 1}";
        using var rows = session.Prepare(search.Select("id", where, $"LIMIT ?{limit}"), [.. search.Values, after, count]);
        var ids = new List<KlantId>(count);
        while (rows.Step()) ids.Add(new(rows.Guid(0)));
        return [.. ids];
    }

    private static AuditEntry ReadAuditEntry(SqliteStatement row) => new()
    {
        Uuid = row.Guid(0),
        Actie = (Actie)row.Int64(1),
        Aanmaakdatum = SqliteValues.Moment(row.Int64(2)),
        ResourceWeergave = row.Text(3),
        AuditContext = new()
        {
            ApplicatieId = row.Text(4),
            ApplicatieWeergave = row.Text(5),
            GebruikersId = row.Text(6),
            GebruikersWeergave = row.Text(7),
            Toelichting = row.Text(8),
            LogrecordId = row.Text(9),
        },
        Oud = row.IsNull(10) ? default : row.Blob(10).ToArray(),
        Nieuw = row.Blob(11).ToArray(),
    };
}
