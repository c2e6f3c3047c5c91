using System.Text;
using Klanten.Core.Model;
using Klanten.Functions.Storage.Cosmos.Documents;
using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Storage.Cosmos.Requests;

/// <summary>All SQL of the store. Values from a request are always parameters, never part of the text (SQL injection).</summary>
internal static class CosmosQueries
{
    private const string Geboortedatum = "c.klant.subjectIdentificatie.geboortedatum";

    /// <summary>
    /// Klanten that match, oldest first. Klanten with a pending move into the partition are among them; the caller recognizes them
    /// by their <c>move</c>, ends the move and queries again.
    /// </summary>
    public static QueryDefinition Page(KlantFilter filter, long skip) =>
        Filtered("SELECT * FROM c", filter, " ORDER BY c.sortKey OFFSET @skip LIMIT @take")
            .WithParameter("@skip", skip)
            .WithParameter("@take", (long)PageRequest.Size);

    /// <summary>
    /// The same klanten in no order, one more than a page holds. Without an order Cosmos DB looks up the filter in its index and is done;
    /// with one it may walk through all klanten in that order.
    /// </summary>
    public static QueryDefinition Matches(KlantFilter filter) =>
        Filtered("SELECT * FROM c", filter, " OFFSET 0 LIMIT @take").WithParameter("@take", PageRequest.Size + 1L);

    /// <summary>Those of the given klanten that match, in no order.</summary>
    public static QueryDefinition Klanten(KlantFilter filter, ReadOnlyMemory<KlantId> ids) =>
        Filtered("SELECT * FROM c", filter, " AND ARRAY_CONTAINS(@ids, c.id)").WithParameter("@ids", Texts(ids));

    /// <summary>How many klanten match, and how many of those have a pending move.</summary>
    public static QueryDefinition Count(KlantFilter filter) =>
        Filtered("SELECT COUNT(1) AS klantCount, COUNT(c.move.fromPartition) AS moveCount FROM c", filter, "");

    /// <summary>The counters of every bronorganisatie: some small documents each.</summary>
    public static QueryDefinition Counters() =>
        new("SELECT c.bronorganisatie, c.klantCount, c.moveCount FROM c WHERE c.type = 'counters'");

    /// <summary>The counters of one bronorganisatie.</summary>
    public static QueryDefinition CountersOf(string bronorganisatie) =>
        Within(bronorganisatie, "SELECT c.klantCount, c.moveCount FROM c WHERE {0} AND c.type = 'counters'");

    /// <summary>Klanten with a pending move into the partition.</summary>
    public static QueryDefinition Moves() =>
        new("SELECT * FROM c WHERE c.type = 'klant' AND IS_DEFINED(c.move.fromPartition)");

    /// <summary>The klant with this klantnummer; for one partition.</summary>
    public static QueryDefinition Holder(string bronorganisatie, string klantnummer) =>
        Within(bronorganisatie, "SELECT * FROM c WHERE {0} AND c.type = 'klant' AND c.klantnummer = @klantnummer")
            .WithParameter("@klantnummer", klantnummer);

    /// <summary>The klantnummers of klanten from this one on, in order, up to the last that is generated; for one partition.</summary>
    public static QueryDefinition KlantnummersFrom(string bronorganisatie, string klantnummer) =>
        Within(
            bronorganisatie,
            "SELECT c.klantnummer FROM c WHERE {0} AND c.type = 'klant' AND c.klantnummer >= @from AND c.klantnummer <= @to "
            + "ORDER BY c.klantnummer")
            .WithParameter("@from", klantnummer)
            .WithParameter("@to", GeneratedKlantnummer.Last);

    /// <summary>The klant and its forwards, in all partitions.</summary>
    public static QueryDefinition ById(KlantId id) =>
        new QueryDefinition("SELECT * FROM c WHERE c.id = @id").WithParameter("@id", id.ToString());

    /// <summary>All klanten, oldest first.</summary>
    public static QueryDefinition All() => new("SELECT * FROM c WHERE c.type = 'klant' ORDER BY c.sortKey");

    /// <summary>The klant or its forward, with the whole audit trail; for one partition.</summary>
    public static QueryDefinition KlantAndTrail(string bronorganisatie, KlantId id) =>
        Within(bronorganisatie, "SELECT * FROM c WHERE {0} AND c.klantId = @id AND c.type IN ('klant', 'forward', 'audit')")
            .WithParameter("@id", id.ToString());

    /// <summary>The klant or its forward, with one entry of the audit trail and the next one; for one partition.</summary>
    public static QueryDefinition KlantAndEntry(string bronorganisatie, KlantId id, Guid entry) =>
        Within(
            bronorganisatie,
            "SELECT * FROM c WHERE {0} AND c.klantId = @id AND (c.id = @id OR c.id = @entry OR c.previous = @uuid)")
            .WithParameter("@id", id.ToString())
            .WithParameter("@entry", AuditDocument.CreateId(entry))
            .WithParameter("@uuid", entry.ToString("D"));

    /// <summary>Entries of the audit trail by their numbers, in order; for one partition.</summary>
    public static QueryDefinition Entries(string bronorganisatie, KlantId id, long first, long last) =>
        Within(bronorganisatie, "SELECT * FROM c WHERE {0} AND c.klantnummer >= @from AND c.klantnummer <= @to ORDER BY c.klantnummer")
            .WithParameter("@from", AuditDocument.CreateKlantnummer(id, first))
            .WithParameter("@to", AuditDocument.CreateKlantnummer(id, last));

    /// <summary>The audit trail; for one partition.</summary>
    public static QueryDefinition Trail(string bronorganisatie, KlantId id) =>
        Within(bronorganisatie, "SELECT * FROM c WHERE {0} AND c.klantId = @id AND c.type = 'audit'").WithParameter("@id", id.ToString());

    /// <summary>The ids of entries of the audit trail, no more than this many; for one partition.</summary>
    public static QueryDefinition TrailIds(string bronorganisatie, KlantId id, int most) =>
        Within(bronorganisatie, "SELECT c.id FROM c WHERE {0} AND c.klantId = @id AND c.type = 'audit' OFFSET 0 LIMIT @most")
            .WithParameter("@id", id.ToString())
            .WithParameter("@most", (long)most);

    /// <summary>
    /// Notifications that may be delivered now, the longest due first; of one partition, or (null) of all. A moment after
    /// <paramref name="furthest"/> was written by a clock that has been set back since.
    /// </summary>
    public static QueryDefinition Due(string? bronorganisatie, string now, string furthest)
    {
        const string Condition = "(c.notBefore <= @now OR c.notBefore > @furthest) ORDER BY c.notBefore";
        return In(bronorganisatie, "SELECT * FROM c WHERE {0}" + Condition)
            .WithParameter("@now", now)
            .WithParameter("@furthest", furthest);
    }

    /// <summary>
    /// When the oldest notification that waits of a klant may be delivered, if it is before this number; of one partition, or (null)
    /// of all.
    /// </summary>
    public static QueryDefinition OlderNotification(string? bronorganisatie, KlantId id, long number)
    {
        const string Condition = "c.klantnummer >= @from AND c.klantnummer < @to ORDER BY c.klantnummer OFFSET 0 LIMIT 1";
        return In(bronorganisatie, "SELECT c.notBefore FROM c WHERE {0}" + Condition)
            .WithParameter("@from", OutboxDocument.CreateKlantnummer(id, 0))
            .WithParameter("@to", OutboxDocument.CreateKlantnummer(id, number));
    }

    /// <summary>Some notifications that wait for a moment after this one, up to a number.</summary>
    public static QueryDefinition WaitingAfter(string moment, int most) =>
        new QueryDefinition("SELECT * FROM c WHERE c.notBefore > @moment OFFSET 0 LIMIT @most")
            .WithParameter("@moment", moment)
            .WithParameter("@most", (long)most);

    /// <summary>The oldest notifications, parked or not.</summary>
    public static QueryDefinition OldestNotifications(int count) =>
        new QueryDefinition("SELECT * FROM c WHERE c.type IN ('notificatie', 'parked') ORDER BY c.waitingSince OFFSET 0 LIMIT @take")
            .WithParameter("@take", (long)count);

    /// <summary>Some parked notifications, those that will not be attempted again, up to a number.</summary>
    public static QueryDefinition Parked(int most) =>
        new QueryDefinition("SELECT * FROM c WHERE c.type = 'parked' OFFSET 0 LIMIT @most").WithParameter("@most", (long)most);

    /// <summary>Notifications of this type, up to a number: a count would cost request units for each.</summary>
    public static QueryDefinition OutboxSample(string type, long most) =>
        new QueryDefinition("SELECT c.id FROM c WHERE c.type = @type OFFSET 0 LIMIT @most")
            .WithParameter("@type", type)
            .WithParameter("@most", most);

    /// <summary>The notification that has waited longest.</summary>
    public static QueryDefinition OldestWaiting() =>
        new("SELECT c.waitingSince FROM c WHERE c.type = 'notificatie' ORDER BY c.waitingSince OFFSET 0 LIMIT 1");

    /// <remarks>
    /// The partition that a request names is no condition of its query: Cosmos DB looks in the index of the physical partition, which
    /// many bronorganisaties share, and would load the documents of the others to leave them out (indexing policies, learn.microsoft.com).
    /// </remarks>
    private static QueryDefinition Within(string bronorganisatie, string sql) =>
        new QueryDefinition(sql.Replace("{0}", "c.bronorganisatie = @bronorganisatie", StringComparison.Ordinal))
            .WithParameter("@bronorganisatie", bronorganisatie);

    /// <summary>A query within a partition or, when it is null, over all.</summary>
    private static QueryDefinition In(string? bronorganisatie, string sql) => bronorganisatie is null
        ? new(sql.Replace("{0}", "", StringComparison.Ordinal))
        : Within(bronorganisatie, sql.Replace("{0}", "{0} AND ", StringComparison.Ordinal));

    private static string[] Texts(ReadOnlyMemory<KlantId> ids)
    {
        var texts = new string[ids.Length];
        for (var i = 0; i < texts.Length; i++) texts[i] = ids.Span[i].ToString();
        return texts;
    }

    private static QueryDefinition Filtered(string select, KlantFilter filter, string order)
    {
        var sql = new StringBuilder(select).Append(" WHERE c.type = 'klant'");
        var values = new List<(string Name, string Value)>();
        foreach (var (field, path) in ContainerDefinition.FilterPaths)
        {
            if (filter[field] is not { } value) continue;
            var name = $"@p{values.Count}";
            sql.Append(" AND c").Append(path.Replace('/', '.')).Append(" = ").Append(name);
            values.Add((name, value));
        }
        // In the representation itself, so that documents of every age have it; an account indexes it if asked to (docs/dialect.md).
        foreach (var field in FilterFields.Geboortedatum)
        {
            if (filter[field] is not { } value) continue;
            var name = $"@p{values.Count}";
            sql.Append(" AND ").Append(Geboortedatum).Append(' ').Append(field.Comparison.Sql()).Append(' ').Append(name);
            if (field.Comparison is Comparison.Less or Comparison.LessOrEqual) sql.Append(" AND ").Append(Geboortedatum).Append(" > ''");
            values.Add((name, value));
        }
        var query = new QueryDefinition(sql.Append(order).ToString());
        foreach (var (name, value) in values) query.WithParameter(name, value);
        return query;
    }
}
