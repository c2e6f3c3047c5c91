using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>What stands under a klant's id in a partition: the klant, or what tells where it went.</summary>
internal abstract record KlantSlot
{
    private protected KlantSlot() { }

    public required KlantId Id { get; init; }

    /// <summary>The partition.</summary>
    public required string Bronorganisatie { get; init; }

    /// <summary>The commit that wrote the document last: its audit entry's uuid.</summary>
    public required Guid Commit { get; init; }

    public string ETag { get; init; } = "";

    /// <summary>Null for a document of another type.</summary>
    public static KlantSlot? Parse(ReadOnlyMemory<byte> json) => JsonSlices.GetString(json, "type"u8) switch
    {
        KlantDocument.Type => KlantDocument.Parse(json),
        Forward.Type => Forward.Parse(json),
        _ => null,
    };
}

/// <summary>A klant.</summary>
internal sealed record KlantDocument : KlantSlot
{
    public const string Type = "klant";

    public required string Klantnummer { get; init; }

    /// <summary>Its place in every list: when it was made, and its id. Never changes, wherever the klant moves.</summary>
    public required string SortKey { get; init; }

    /// <summary>How many entries its audit trail has had; the number of the last one.</summary>
    public required long AuditCount { get; init; }

    /// <summary>The representation, made by <see cref="KlantJson"/>: nested as it is, so that it can be filtered on and sliced out.</summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>What is under way while the klant is not here yet; null when it is.</summary>
    public Move? Move { get; init; }

    /// <summary>The partition from which the audit trail has yet to come; null when it is here.</summary>
    public string? TrailStillIn { get; init; }

    /// <summary>A place in the lists for a klant made now. Text that sorts like the moments, to the microsecond.</summary>
    public static string CreateSortKey(DateTimeOffset moment, KlantId id) => $"{Timestamp.Format(moment)}:{id}";

    public StoredKlant ToStoredKlant() => new(Id, Json, new CosmosVersion(AuditCount, SortKey, Bronorganisatie, TrailStillIn, ETag));

    public ReadOnlyMemory<byte> ToJson() => JsonSlices.CreateObject(writer =>
    {
        var id = Id.ToString();
        writer.WriteHead(Type, id, Bronorganisatie, Klantnummer);
        writer.WriteString("klantId"u8, id);
        writer.WriteString("sortKey"u8, SortKey);
        writer.WriteNumber("auditCount"u8, AuditCount);
        writer.WriteString("commit"u8, Commit);
        if (TrailStillIn is not null) writer.WriteString("trailStillIn"u8, TrailStillIn);
        writer.WriteJson("klant"u8, Json);
        if (Move is not null) writer.WriteJson("move"u8, Move.ToJson());
    });

    public static new KlantDocument Parse(ReadOnlyMemory<byte> json)
    {
        string id = "", bronorganisatie = "", klantnummer = "", sortKey = "", etag = "";
        string? trailStillIn = null;
        Guid commit = default;
        long auditCount = 0;
        ReadOnlyMemory<byte> klant = default;
        Move? move = null;
        var reader = new Utf8JsonReader(json.Span);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            if (reader.ValueTextEquals("klant"u8)) { reader.Read(); klant = JsonSlices.Slice(ref reader, json); }
            else if (reader.ValueTextEquals("id"u8)) { reader.Read(); id = reader.GetString()!; }
            else if (reader.ValueTextEquals("bronorganisatie"u8)) { reader.Read(); bronorganisatie = reader.GetString()!; }
            else if (reader.ValueTextEquals("klantnummer"u8)) { reader.Read(); klantnummer = reader.GetString()!; }
            else if (reader.ValueTextEquals("sortKey"u8)) { reader.Read(); sortKey = reader.GetString()!; }
            else if (reader.ValueTextEquals("auditCount"u8)) { reader.Read(); auditCount = (long)reader.GetDouble(); }
            else if (reader.ValueTextEquals("commit"u8)) { reader.Read(); commit = reader.GetGuid(); }
            else if (reader.ValueTextEquals("trailStillIn"u8)) { reader.Read(); trailStillIn = reader.GetString(); }
            else if (reader.ValueTextEquals("move"u8)) { reader.Read(); move = Move.Parse(JsonSlices.Slice(ref reader, json)); }
            else if (reader.ValueTextEquals("_etag"u8)) { reader.Read(); etag = reader.GetString()!; }
            else { reader.Read(); reader.Skip(); }
        }
        return new()
        {
            Id = new(Guid.ParseExact(id, "D")), Bronorganisatie = bronorganisatie, Klantnummer = klantnummer, SortKey = sortKey,
            AuditCount = auditCount, Commit = commit, Json = klant, Move = move, TrailStillIn = trailStillIn, ETag = etag,
        };
    }
}

/// <summary>A move that has claimed its place in the new partition and has yet to leave the old one.</summary>
/// <param name="From">The partition that the klant leaves.</param>
/// <param name="FromETag">ETag of the klant there: as long as it has this one, the move can be made.</param>
/// <param name="RestoresForward">Whether a <see cref="Forward"/> stood here, to be put back when the move is undone.</param>
/// <param name="TakenOver">Whether another than the mover carries on: the mover may no longer undo the move.</param>
/// <param name="AuditEntry">The audit entry of the move, as a document.</param>
/// <param name="Notificatie">The notification of the move, as a document; empty when none is to be sent.</param>
internal sealed record Move(
    string From, string FromETag, bool RestoresForward, bool TakenOver, ReadOnlyMemory<byte> AuditEntry, ReadOnlyMemory<byte> Notificatie)
{
    public ReadOnlyMemory<byte> ToJson() => JsonSlices.CreateObject(writer =>
    {
        writer.WriteString("fromPartition"u8, From);
        writer.WriteString("fromETag"u8, FromETag);
        writer.WriteBoolean("restoresForward"u8, RestoresForward);
        writer.WriteBoolean("takenOver"u8, TakenOver);
        writer.WriteJson("auditEntry"u8, AuditEntry);
        if (!Notificatie.IsEmpty) writer.WriteJson("notificatie"u8, Notificatie);
    });

    public static Move Parse(ReadOnlyMemory<byte> json)
    {
        var move = new Move("", "", false, false, default, default);
        var reader = new Utf8JsonReader(json.Span);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            if (reader.ValueTextEquals("fromPartition"u8)) { reader.Read(); move = move with { From = reader.GetString()! }; }
            else if (reader.ValueTextEquals("fromETag"u8)) { reader.Read(); move = move with { FromETag = reader.GetString()! }; }
            else if (reader.ValueTextEquals("restoresForward"u8)) { reader.Read(); move = move with { RestoresForward = reader.GetBoolean() }; }
            else if (reader.ValueTextEquals("takenOver"u8)) { reader.Read(); move = move with { TakenOver = reader.GetBoolean() }; }
            else if (reader.ValueTextEquals("auditEntry"u8)) { reader.Read(); move = move with { AuditEntry = JsonSlices.Slice(ref reader, json) }; }
            else if (reader.ValueTextEquals("notificatie"u8)) { reader.Read(); move = move with { Notificatie = JsonSlices.Slice(ref reader, json) }; }
            else { reader.Read(); reader.Skip(); }
        }
        return move;
    }
}

/// <summary>What a klant leaves behind in a partition that it moved out of, or while a long audit trail is being deleted.</summary>
internal sealed record Forward : KlantSlot
{
    public const string Type = "forward";

    /// <summary>The partition that the klant moved to; null when the klant is deleted and the rest of its trail has yet to go.</summary>
    public string? To { get; init; }

    public ReadOnlyMemory<byte> ToJson() => JsonSlices.CreateObject(writer =>
    {
        var id = Id.ToString();
        writer.WriteHead(Type, id, Bronorganisatie);
        writer.WriteString("klantId"u8, id);
        writer.WriteString("commit"u8, Commit);
        if (To is not null) writer.WriteString("toPartition"u8, To);
    });

    public static new Forward Parse(ReadOnlyMemory<byte> json) => new()
    {
        Id = new(Guid.ParseExact(JsonSlices.GetString(json, "id"u8)!, "D")),
        Bronorganisatie = JsonSlices.GetString(json, "bronorganisatie"u8)!,
        Commit = Guid.ParseExact(JsonSlices.GetString(json, "commit"u8)!, "D"),
        To = JsonSlices.GetString(json, "toPartition"u8),
        ETag = JsonSlices.GetString(json, "_etag"u8)!,
    };
}
