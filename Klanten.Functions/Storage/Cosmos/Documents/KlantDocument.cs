using System.Text.Json;
using System.Text.Json.Serialization;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Cosmos.Documents;

/// <summary>A document in a partition whose id is that of a klant: the klant itself, or a forward that was left in its place.</summary>
internal abstract record KlantSlot
{
    private protected KlantSlot() { }

    public required KlantId Id { get; init; }

    /// <summary>The partition.</summary>
    public required string Bronorganisatie { get; init; }

    /// <summary>The commit that last wrote the document, as the uuid of its audit entry.</summary>
    public required Guid Commit { get; init; }

    [JsonPropertyName("_etag")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
    public string ETag { get; init; } = "";

    /// <returns>The klant or forward; null for a document of another type.</returns>
    public static KlantSlot? Parse(ReadOnlyMemory<byte> json) => JsonSlices.GetString(json, "type"u8) switch
    {
        KlantDocument.Type => KlantDocument.Parse(json),
        Forward.ForwardType => Forward.Parse(json),
        _ => null,
    };
}

/// <summary>A klant.</summary>
internal sealed record KlantDocument : KlantSlot
{
    public const string Type = "klant";

    public required string Klantnummer { get; init; }

    /// <summary>Determines the klant's position in every list: its moment of creation, and its id. A move does not change it.</summary>
    public required string SortKey { get; init; }

    /// <summary>The number of entries in its audit trail, which is also the number of the last entry.</summary>
    public required long AuditCount { get; init; }

    /// <summary>The values that filters compare, as a JSON object.</summary>
    public required ReadOnlyMemory<byte> Filters { get; init; }

    /// <summary>
    /// The representation, from <see cref="KlantJson"/>. It is a nested object, so that a read can return its bytes unparsed.
    /// </summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>The pending move into this partition; null when the klant is in this partition.</summary>
    public Move? Move { get; init; }

    /// <summary>The partition that still has part of the audit trail after a move; null when the whole trail is here.</summary>
    public string? TrailStillIn { get; init; }

    /// <summary>Whether it was ever in another partition, which may then have older notifications of it.</summary>
    public bool HasMoved { get; init; }

    /// <summary>The sort key of a new klant: text that sorts by moment of creation, to the microsecond.</summary>
    public static string CreateSortKey(DateTimeOffset moment, KlantId id) => $"{Timestamp.Format(moment)}:{id}";

    /// <summary>The values of a klant that filters compare. An empty value matches no filter, so it is left out.</summary>
    public static ReadOnlyMemory<byte> FilterValuesOf(Klant klant) => JsonSlices.CreateObject(writer =>
    {
        foreach (var (field, name) in ContainerDefinition.FilterNames)
        {
            if (field.Read(klant) is { Length: > 0 } value) writer.WriteString(name, value);
        }
    });

    public StoredKlant ToStoredKlant() =>
        new(Id, Json, new CosmosVersion(AuditCount, Commit, SortKey, Bronorganisatie, TrailStillIn, HasMoved, ETag));

    public ReadOnlyMemory<byte> ToJson() => JsonSlices.CreateObject(writer =>
    {
        var id = Id.ToString();
        writer.WriteString("id"u8, id);
        writer.WriteString("bronorganisatie"u8, Bronorganisatie);
        writer.WriteString("klantnummer"u8, Klantnummer);
        writer.WriteString("type"u8, Type);
        writer.WriteString("klantId"u8, id);
        writer.WriteString("sortKey"u8, SortKey);
        writer.WriteNumber("auditCount"u8, AuditCount);
        writer.WriteString("commit"u8, Commit);
        if (TrailStillIn is not null) writer.WriteString("trailStillIn"u8, TrailStillIn);
        if (HasMoved) writer.WriteBoolean("hasMoved"u8, true);
        writer.WriteJson("filters"u8, Filters);
        writer.WriteJson("klant"u8, Json);
        if (Move is not null) writer.WriteJson("move"u8, Move.ToJson());
    });

    public static new KlantDocument Parse(ReadOnlyMemory<byte> json)
    {
        string id = "", bronorganisatie = "", klantnummer = "", sortKey = "", etag = "";
        string? trailStillIn = null;
        Guid commit = default;
        long auditCount = 0;
        var hasMoved = false;
        ReadOnlyMemory<byte> klant = default, filters = default;
        Move? move = null;
        var reader = new Utf8JsonReader(json.Span);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            var name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("klant"u8)) klant = JsonSlices.Slice(ref reader, json);
            else if (name.SequenceEqual("filters"u8)) filters = JsonSlices.Slice(ref reader, json);
            else if (name.SequenceEqual("id"u8)) id = reader.GetString()!;
            else if (name.SequenceEqual("bronorganisatie"u8)) bronorganisatie = reader.GetString()!;
            else if (name.SequenceEqual("klantnummer"u8)) klantnummer = reader.GetString()!;
            else if (name.SequenceEqual("sortKey"u8)) sortKey = reader.GetString()!;
            else if (name.SequenceEqual("auditCount"u8)) auditCount = (long)reader.GetDouble();
            else if (name.SequenceEqual("commit"u8)) commit = reader.GetGuid();
            else if (name.SequenceEqual("trailStillIn"u8)) trailStillIn = reader.GetString();
            else if (name.SequenceEqual("hasMoved"u8)) hasMoved = reader.GetBoolean();
            else if (name.SequenceEqual("move"u8)) move = Move.Parse(JsonSlices.Slice(ref reader, json));
            else if (name.SequenceEqual("_etag"u8)) etag = reader.GetString()!;
            else reader.Skip();
        }
        return new()
        {
            Id = new(Guid.ParseExact(id, "D")),
            Bronorganisatie = bronorganisatie,
            Klantnummer = klantnummer,
            SortKey = sortKey,
            AuditCount = auditCount,
            Commit = commit,
            Filters = filters,
            Json = klant,
            Move = move,
            TrailStillIn = trailStillIn,
            HasMoved = hasMoved,
            ETag = etag,
        };
    }
}

/// <summary>A move whose claim has been made in the new partition and whose arrival has not.</summary>
/// <param name="From">The partition that the klant leaves.</param>
/// <param name="FromETag">The ETag of the klant in that partition. The move can be made as long as the klant has this ETag.</param>
/// <param name="RestoresForward">Whether the claim replaced a <see cref="Forward"/>, which must be restored if the move is undone.</param>
/// <param name="TakenOver">Whether another process has taken the move over, after which its initiator may no longer undo it.</param>
/// <param name="AuditEntry">The audit entry of the move, as a document.</param>
/// <param name="Notificatie">The notification of the move, as a document; empty when the move has none.</param>
internal sealed record Move(
    string From, string FromETag, bool RestoresForward, bool TakenOver, ReadOnlyMemory<byte> AuditEntry, ReadOnlyMemory<byte> Notificatie)
{
    public ReadOnlyMemory<byte> ToJson() => JsonSlices.CreateObject(writer =>
    {
        // Not "from": that is a keyword of Cosmos DB's SQL, and a query selects on this field.
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
            var name = reader.ValueSpan;
            reader.Read();
            if (name.SequenceEqual("fromPartition"u8)) move = move with { From = reader.GetString()! };
            else if (name.SequenceEqual("fromETag"u8)) move = move with { FromETag = reader.GetString()! };
            else if (name.SequenceEqual("restoresForward"u8)) move = move with { RestoresForward = reader.GetBoolean() };
            else if (name.SequenceEqual("takenOver"u8)) move = move with { TakenOver = reader.GetBoolean() };
            else if (name.SequenceEqual("auditEntry"u8)) move = move with { AuditEntry = JsonSlices.Slice(ref reader, json) };
            else if (name.SequenceEqual("notificatie"u8)) move = move with { Notificatie = JsonSlices.Slice(ref reader, json) };
            else reader.Skip();
        }
        return move;
    }
}

/// <summary>
/// A forwarding address: replaces the klant in a partition that it moved out of. Without a destination it marks a deleted klant
/// whose audit trail, too long for one transaction, is still being deleted.
/// </summary>
internal sealed record Forward : KlantSlot
{
    public const string ForwardType = "forward";

    public string Klantnummer => ContainerDefinition.KlantnummerOf(Id.ToString());

    public string Type { get; } = ForwardType;

    public KlantId KlantId => Id;

    /// <summary>The partition that the klant moved to; null when the klant is deleted and the rest of its trail is still there.</summary>
    [JsonPropertyName("toPartition")]
    public string? To { get; init; }

    public ReadOnlyMemory<byte> ToJson() => DocumentJson.Write(this, DocumentJson.Default.Forward);

    public static new Forward Parse(ReadOnlyMemory<byte> json) => DocumentJson.Read(json, DocumentJson.Default.Forward);
}
