using System.Text;
using Klanten.Core.Model;
using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>All SQL of the store. Values from a request are always parameters, never part of the text (SQL injection).</summary>
internal static class CosmosQueries
{
    /// <summary>
    /// Klanten that match, oldest first. Klanten with a pending move into the partition are among them; the caller recognizes them
    /// by their <c>move</c>, ends the move and queries again.
    /// </summary>
    public static QueryDefinition Page(KlantFilter filter, long skip) =>
        Filtered("SELECT * FROM c", filter, " ORDER BY c.sortKey OFFSET @skip LIMIT @take")
            .WithParameter("@skip", skip)
            .WithParameter("@take", (long)PageRequest.Size);

    /// <summary>How many klanten match, and how many of those have a pending move.</summary>
    public static QueryDefinition Count(KlantFilter filter) =>
        Filtered("SELECT COUNT(1) AS klantCount, COUNT(c.move.fromPartition) AS moveCount FROM c", filter, "");

    /// <summary>The counters of every bronorganisatie: one small document each.</summary>
    public static QueryDefinition Counters() =>
        new("SELECT c.bronorganisatie, c.klantCount, c.moveCount FROM c WHERE c.type = 'counters'");

    /// <summary>Klanten with a pending move into the partition.</summary>
    public static QueryDefinition Moves() =>
        new("SELECT * FROM c WHERE c.type = 'klant' AND IS_DEFINED(c.move.fromPartition)");

    /// <summary>The klant with this klantnummer; for one partition.</summary>
    public static QueryDefinition Holder(string klantnummer) =>
        new QueryDefinition("SELECT * FROM c WHERE c.type = 'klant' AND c.klantnummer = @klantnummer")
            .WithParameter("@klantnummer", klantnummer);

    /// <summary>The klantnummers of klanten from this one on, in order, up to the last that is generated; for one partition.</summary>
    public static QueryDefinition KlantnummersFrom(string klantnummer) =>
        new QueryDefinition(
            "SELECT c.klantnummer FROM c WHERE c.type = 'klant' AND c.klantnummer >= @from AND c.klantnummer <= @to ORDER BY c.klantnummer")
            .WithParameter("@from", klantnummer)
            .WithParameter("@to", GeneratedKlantnummer.Last);

    /// <summary>The klant and its forwards, in all partitions.</summary>
    public static QueryDefinition ById(KlantId id) =>
        new QueryDefinition("SELECT * FROM c WHERE c.id = @id").WithParameter("@id", id.ToString());

    /// <summary>The klant or its forward, with the whole audit trail; for one partition.</summary>
    public static QueryDefinition KlantAndTrail(KlantId id) =>
        new QueryDefinition("SELECT * FROM c WHERE c.klantId = @id AND c.type IN ('klant', 'forward', 'audit')")
            .WithParameter("@id", id.ToString());

    /// <summary>The klant or its forward, with one entry of the audit trail; for one partition.</summary>
    public static QueryDefinition KlantAndEntry(KlantId id, Guid entry) =>
        new QueryDefinition("SELECT * FROM c WHERE c.klantId = @id AND (c.id = @id OR c.id = @entry)")
            .WithParameter("@id", id.ToString())
            .WithParameter("@entry", AuditDocument.CreateId(entry));

    /// <summary>The audit trail; for one partition.</summary>
    public static QueryDefinition Trail(KlantId id) =>
        new QueryDefinition("SELECT * FROM c WHERE c.klantId = @id AND c.type = 'audit'").WithParameter("@id", id.ToString());

    /// <summary>The ids of the entries of the audit trail; for one partition.</summary>
    public static QueryDefinition TrailIds(KlantId id) =>
        new QueryDefinition("SELECT c.id FROM c WHERE c.klantId = @id AND c.type = 'audit'").WithParameter("@id", id.ToString());

    /// <summary>
    /// The klanten of notifications that may be delivered now, the longest due first. A moment after <paramref name="furthest"/>
    /// was written by a clock that has been set back since.
    /// </summary>
    public static QueryDefinition Due(string now, string furthest) =>
        new QueryDefinition("SELECT c.klantId FROM c WHERE c.notBefore <= @now OR c.notBefore > @furthest ORDER BY c.notBefore")
            .WithParameter("@now", now)
            .WithParameter("@furthest", furthest);

    /// <summary>Notifications that wait for a moment after this one.</summary>
    public static QueryDefinition WaitingAfter(string moment) =>
        new QueryDefinition("SELECT * FROM c WHERE c.notBefore > @moment").WithParameter("@moment", moment);

    /// <summary>The oldest notifications, parked or not.</summary>
    public static QueryDefinition OldestNotifications(int count) =>
        new QueryDefinition("SELECT * FROM c WHERE c.type = 'notificatie' ORDER BY c.waitingSince OFFSET 0 LIMIT @take")
            .WithParameter("@take", (long)count);

    /// <summary>All notifications of these klanten that are not parked.</summary>
    public static QueryDefinition WaitingOf(string[] klanten) =>
        new QueryDefinition("SELECT * FROM c WHERE ARRAY_CONTAINS(@klanten, c.klantId) AND IS_DEFINED(c.notBefore)")
            .WithParameter("@klanten", klanten);

    /// <summary>Parked notifications: those that will not be attempted again.</summary>
    public static QueryDefinition Parked() =>
        new("SELECT * FROM c WHERE c.type = 'notificatie' AND NOT IS_DEFINED(c.notBefore)");

    /// <summary>How many notifications there are, and how many of those are parked.</summary>
    public static QueryDefinition OutboxCount() =>
        new("SELECT COUNT(1) AS total, COUNT(c.parked) AS parked FROM c WHERE c.type = 'notificatie'");

    /// <summary>The notification that has waited longest.</summary>
    public static QueryDefinition OldestWaiting() =>
        new("SELECT c.waitingSince FROM c WHERE c.type = 'notificatie' AND IS_DEFINED(c.notBefore) "
            + "ORDER BY c.waitingSince OFFSET 0 LIMIT 1");

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
        var query = new QueryDefinition(sql.Append(order).ToString());
        foreach (var (name, value) in values) query.WithParameter(name, value);
        return query;
    }
}
