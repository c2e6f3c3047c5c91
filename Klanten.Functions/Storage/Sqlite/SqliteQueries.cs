using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>What the readers ask. Values are always parameters, never text in a statement.</summary>
internal static class SqliteQueries
{
    /// <summary>Bytes; an array over 85,000 would stay until a full collection (Large Object Heap).</summary>
    private const int RoomForKlanten = 32 * 1024;

    public static StoredKlant? Read(SqliteSession session, KlantId id)
    {
        using var row = session.Prepare("SELECT versie, json FROM klant WHERE id = ?1").Bind(id.Value);
        return row.Step() ? new(id, row.Blob(1).ToArray(), SqliteVersion.Create(row.Int64(0))) : null;
    }

    public static bool IsTaken(SqliteSession session, string bronorganisatie, string klantnummer, KlantId? except) =>
        session.Number("SELECT count(*) FROM klant WHERE bronorganisatie = ?1 AND klantnummer = ?2 AND id IS NOT ?3", bronorganisatie, klantnummer, except?.Value) > 0;

    public static long LastNumber(SqliteSession session, string bronorganisatie) =>
        session.Number("SELECT laatste FROM teller WHERE bronorganisatie = ?1", bronorganisatie) ?? 0;

    /// <remarks>One read transaction, so that the count and the page are of the same moment.</remarks>
    public static KlantPage? List(SqliteSession session, KlantFilter filter, PageRequest page)
    {
        session.Execute("BEGIN");
        try
        {
            return filter.Criteria switch
            {
                [] => Sought(session, null, page),
                [{ Field: var field, Value: var bronorganisatie }] when field == FilterFields.Bronorganisatie => Sought(session, bronorganisatie, page),
                _ => Filtered(session, filter, page),
            };
        }
        finally
        {
            session.Execute("COMMIT");
        }
    }

    public static IReadOnlyList<AuditEntry>? AuditTrail(SqliteSession session, KlantId id)
    {
        var regels = AuditEntries(session, AuditColumns + " WHERE k.id = ?1 ORDER BY a.nr", id.Value);
        return regels.Count > 0 ? regels : null;
    }

    public static AuditEntry? AuditEntry(SqliteSession session, KlantId id, Guid uuid) =>
        AuditEntries(session, AuditColumns + " WHERE k.id = ?1 AND a.uuid = ?2", id.Value, uuid) is [var regel]
            ? regel
            : null;

    private const string AuditColumns =
        "SELECT a.uuid, a.actie, a.aanmaakdatum, a.resource_weergave, a.applicatie_id, a.applicatie_weergave, a.gebruikers_id, " +
        "a.gebruikers_weergave, a.toelichting, a.logrecord_id, a.oud, " +
        "coalesce((SELECT volgend.oud FROM audit volgend WHERE volgend.klant = a.klant AND volgend.nr > a.nr ORDER BY volgend.nr LIMIT 1), k.json) FROM klant k JOIN audit a ON a.klant = k.volgnr";

    /// <summary>A page of all klanten or of one bronorganisatie: counted beforehand, and sought by block.</summary>
    private static KlantPage? Sought(SqliteSession session, string? bronorganisatie, PageRequest page)
    {
        var scope = bronorganisatie ?? SqliteSchema.AllKlanten;
        var count = session.Number("SELECT aantal FROM telling WHERE bronorganisatie = ?1", scope) ?? 0;
        if (page.Resolve(count) is not { } number) return null;
        var (from, skip) = Seek(session, scope, (long)(number - 1) * PageRequest.Size);
        var klanten = bronorganisatie is null
            ? Klanten(session, "SELECT id, versie, json FROM klant WHERE volgnr >= ?1 ORDER BY volgnr LIMIT ?2 OFFSET ?3", from, PageRequest.Size, skip)
            : Klanten(session, "SELECT id, versie, json FROM klant WHERE volgnr >= ?1 AND bronorganisatie = ?4 ORDER BY volgnr LIMIT ?2 OFFSET ?3",
                from, PageRequest.Size, skip, bronorganisatie);
        return new(count, number, klanten);
    }

    /// <summary>The volgnr at which the block starts that holds the klant at this position, and how many of the block come before it.</summary>
    private static (long From, long Skip) Seek(SqliteSession session, string scope, long position)
    {
        if (position == 0) return (0, 0);
        using var blocks = session.Prepare("SELECT blok, aantal FROM blok WHERE bronorganisatie = ?1 ORDER BY blok", scope);
        while (blocks.Step())
        {
            var inBlock = blocks.Int64(1);
            if (position < inBlock) return (blocks.Int64(0) << SqliteSchema.BlockBits, position);
            position -= inBlock;
        }
        return (long.MaxValue, 0);
    }

    private static KlantPage? Filtered(SqliteSession session, KlantFilter filter, PageRequest page)
    {
        var (where, values) = Where(filter);
        long? count = page.Number == 1 ? null : Count(session, where, values);
        if (count is { } known && page.Resolve(known) is null) return null;
        var number = page.Resolve(count ?? 0) ?? 1;
        var limit = values.Count + 1;
        var klanten = Klanten(session, $"SELECT id, versie, json FROM klant WHERE {where} ORDER BY volgnr LIMIT ?{limit} OFFSET ?{limit + 1}",
            [.. values, PageRequest.Size, (long)(number - 1) * PageRequest.Size]);
        // A first page that is not full tells the count itself.
        count ??= klanten.Count < PageRequest.Size ? klanten.Count : Count(session, where, values);
        return new(count.Value, number, klanten);
    }

    private static long Count(SqliteSession session, string where, List<object> values) =>
        session.Number($"SELECT count(*) FROM klant WHERE {where}", values.ToArray())!.Value;

    /// <summary>
    /// One condition a filter. Without statistics SQLite cannot know which index is selective, so all but one are hidden
    /// from it behind a unary plus (sqlite.org/optoverview.html, 8.1).
    /// </summary>
    internal static (string Where, List<object> Values) Where(KlantFilter filter)
    {
        var conditions = new List<string>();
        var values = new List<object>();
        var driven = false;
        foreach (var (field, column, indexed) in SqliteSchema.FilterColumns)
        {
            if (filter[field] is not { } value) continue;
            values.Add(value);
            // (bronorganisatie, klantnummer) is the index of klantnummers: they are looked for in one bronorganisatie, or in each.
            var byNumber = field == FilterFields.Klantnummer && !driven;
            var together = field == FilterFields.Bronorganisatie && filter[FilterFields.Klantnummer] is not null && values.Count == 2;
            conditions.Add($"{(driven && !together ? "+" : "")}{column} = ?{values.Count}");
            if (byNumber && filter[FilterFields.Bronorganisatie] is null) conditions.Add("bronorganisatie IN (SELECT bronorganisatie FROM telling)");
            driven |= indexed;
        }
        return (string.Join(" AND ", conditions), values);
    }

    private static List<StoredKlant> Klanten(SqliteSession session, string sql, params ReadOnlySpan<object?> values)
    {
        using var rows = session.Prepare(sql, values);
        var klanten = new List<StoredKlant>();
        var room = Memory<byte>.Empty;
        while (rows.Step())
        {
            var json = rows.Blob(2);
            // Not an array for each klant of many: the system would clear all of them before they are filled.
            if (room.Length < json.Length) room = GC.AllocateUninitializedArray<byte>(klanten.Count == 0 ? json.Length : Math.Max(json.Length, RoomForKlanten));
            json.CopyTo(room.Span);
            klanten.Add(new(new(rows.Guid(0)), room[..json.Length], SqliteVersion.Create(rows.Int64(1))));
            room = room[json.Length..];
        }
        return klanten;
    }

    private static List<AuditEntry> AuditEntries(SqliteSession session, string sql, params ReadOnlySpan<object?> values)
    {
        using var rows = session.Prepare(sql, values);
        var regels = new List<AuditEntry>();
        while (rows.Step()) regels.Add(AuditEntry(rows));
        return regels;
    }

    private static AuditEntry AuditEntry(SqliteStatement row) => new()
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
