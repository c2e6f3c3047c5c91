using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>What stands under a klant's id in a partition: the klant, or what tells where it went.</summary>
internal abstract record Dossier
{
    private protected Dossier() { }

    public required KlantId Id { get; init; }

    /// <summary>The partition.</summary>
    public required string Bronorganisatie { get; init; }

    /// <summary>The commit that wrote the document last: its audit entry's uuid.</summary>
    public required Guid Commit { get; init; }

    public string ETag { get; init; } = "";

    /// <summary>Null for a document of another type.</summary>
    public static Dossier? Read(ReadOnlyMemory<byte> json) => JsonSlices.Text(json, "type"u8) switch
    {
        KlantDocument.Type => KlantDocument.Read(json),
        Verwijzing.Type => Verwijzing.Read(json),
        _ => null,
    };
}

/// <summary>A klant.</summary>
internal sealed record KlantDocument : Dossier
{
    public const string Type = "klant";

    public required string Klantnummer { get; init; }

    /// <summary>Its place in every list: when it was made, and its id. Never changes, wherever the klant moves.</summary>
    public required string Volgorde { get; init; }

    /// <summary>How many entries its audit trail has had; the number of the last one.</summary>
    public required long Regels { get; init; }

    /// <summary>The representation, made by <see cref="KlantJson"/>: nested as it is, so that it can be filtered on and sliced out.</summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>What is under way while the klant is not here yet; null when it is.</summary>
    public Verhuizing? Verhuizing { get; init; }

    /// <summary>The partition from which the audit trail has yet to come; null when it is here.</summary>
    public string? SpoorIn { get; init; }

    /// <summary>A place in the lists for a klant made now. Text that sorts like the moments, to the microsecond.</summary>
    public static string NewVolgorde(DateTimeOffset moment, KlantId id) => $"{Moments.Text(moment)}:{id}";

    public StoredKlant Stored() => new(Id, Json, new CosmosVersion(Regels, Volgorde, Bronorganisatie, SpoorIn, ETag));

    public ReadOnlyMemory<byte> Write() => JsonSlices.Object(writer =>
    {
        var id = Id.ToString();
        writer.WriteHead(Type, id, Bronorganisatie, Klantnummer);
        writer.WriteString("klantId"u8, id);
        writer.WriteString("volgorde"u8, Volgorde);
        writer.WriteNumber("regels"u8, Regels);
        writer.WriteString("commit"u8, Commit);
        if (SpoorIn is not null) writer.WriteString("spoorIn"u8, SpoorIn);
        writer.WriteJson("klant"u8, Json);
        if (Verhuizing is not null) writer.WriteJson("verhuizing"u8, Verhuizing.Write());
    });

    public static new KlantDocument Read(ReadOnlyMemory<byte> json)
    {
        string id = "", bronorganisatie = "", klantnummer = "", volgorde = "", etag = "";
        string? spoorIn = null;
        Guid commit = default;
        long regels = 0;
        ReadOnlyMemory<byte> klant = default;
        Verhuizing? verhuizing = null;
        var reader = new Utf8JsonReader(json.Span);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            if (reader.ValueTextEquals("klant"u8)) { reader.Read(); klant = JsonSlices.Slice(ref reader, json); }
            else if (reader.ValueTextEquals("id"u8)) { reader.Read(); id = reader.GetString()!; }
            else if (reader.ValueTextEquals("bronorganisatie"u8)) { reader.Read(); bronorganisatie = reader.GetString()!; }
            else if (reader.ValueTextEquals("klantnummer"u8)) { reader.Read(); klantnummer = reader.GetString()!; }
            else if (reader.ValueTextEquals("volgorde"u8)) { reader.Read(); volgorde = reader.GetString()!; }
            else if (reader.ValueTextEquals("regels"u8)) { reader.Read(); regels = (long)reader.GetDouble(); }
            else if (reader.ValueTextEquals("commit"u8)) { reader.Read(); commit = reader.GetGuid(); }
            else if (reader.ValueTextEquals("spoorIn"u8)) { reader.Read(); spoorIn = reader.GetString(); }
            else if (reader.ValueTextEquals("verhuizing"u8)) { reader.Read(); verhuizing = Verhuizing.Read(JsonSlices.Slice(ref reader, json)); }
            else if (reader.ValueTextEquals("_etag"u8)) { reader.Read(); etag = reader.GetString()!; }
            else { reader.Read(); reader.Skip(); }
        }
        return new()
        {
            Id = new(Guid.ParseExact(id, "D")), Bronorganisatie = bronorganisatie, Klantnummer = klantnummer, Volgorde = volgorde,
            Regels = regels, Commit = commit, Json = klant, Verhuizing = verhuizing, SpoorIn = spoorIn, ETag = etag,
        };
    }
}

/// <summary>A move that has claimed its place in the new partition and has yet to leave the old one.</summary>
/// <param name="Van">The partition that the klant leaves.</param>
/// <param name="Versie">ETag of the klant there: as long as it has this one, the move can be made.</param>
/// <param name="Terug">Whether a <see cref="Verwijzing"/> stood here, to be put back when the move is undone.</param>
/// <param name="Overgenomen">Whether another than the mover carries on: the mover may no longer undo the move.</param>
/// <param name="Regel">The audit entry of the move, as a document.</param>
/// <param name="Notificatie">The notification of the move, as a document; empty when none is to be sent.</param>
internal sealed record Verhuizing(
    string Van, string Versie, bool Terug, bool Overgenomen, ReadOnlyMemory<byte> Regel, ReadOnlyMemory<byte> Notificatie)
{
    public ReadOnlyMemory<byte> Write() => JsonSlices.Object(writer =>
    {
        writer.WriteString("van"u8, Van);
        writer.WriteString("versie"u8, Versie);
        writer.WriteBoolean("terug"u8, Terug);
        writer.WriteBoolean("overgenomen"u8, Overgenomen);
        writer.WriteJson("regel"u8, Regel);
        if (!Notificatie.IsEmpty) writer.WriteJson("notificatie"u8, Notificatie);
    });

    public static Verhuizing Read(ReadOnlyMemory<byte> json)
    {
        var verhuizing = new Verhuizing("", "", false, false, default, default);
        var reader = new Utf8JsonReader(json.Span);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName) continue;
            if (reader.ValueTextEquals("van"u8)) { reader.Read(); verhuizing = verhuizing with { Van = reader.GetString()! }; }
            else if (reader.ValueTextEquals("versie"u8)) { reader.Read(); verhuizing = verhuizing with { Versie = reader.GetString()! }; }
            else if (reader.ValueTextEquals("terug"u8)) { reader.Read(); verhuizing = verhuizing with { Terug = reader.GetBoolean() }; }
            else if (reader.ValueTextEquals("overgenomen"u8)) { reader.Read(); verhuizing = verhuizing with { Overgenomen = reader.GetBoolean() }; }
            else if (reader.ValueTextEquals("regel"u8)) { reader.Read(); verhuizing = verhuizing with { Regel = JsonSlices.Slice(ref reader, json) }; }
            else if (reader.ValueTextEquals("notificatie"u8)) { reader.Read(); verhuizing = verhuizing with { Notificatie = JsonSlices.Slice(ref reader, json) }; }
            else { reader.Read(); reader.Skip(); }
        }
        return verhuizing;
    }
}

/// <summary>What a klant leaves behind in a partition that it moved out of, or while a long audit trail is being deleted.</summary>
internal sealed record Verwijzing : Dossier
{
    public const string Type = "verwijzing";

    /// <summary>The partition that the klant moved to; null when the klant is deleted and the rest of its trail has yet to go.</summary>
    public string? Naar { get; init; }

    public ReadOnlyMemory<byte> Write() => JsonSlices.Object(writer =>
    {
        var id = Id.ToString();
        writer.WriteHead(Type, id, Bronorganisatie);
        writer.WriteString("klantId"u8, id);
        writer.WriteString("commit"u8, Commit);
        if (Naar is not null) writer.WriteString("naar"u8, Naar);
    });

    public static new Verwijzing Read(ReadOnlyMemory<byte> json) => new()
    {
        Id = new(Guid.ParseExact(JsonSlices.Text(json, "id"u8)!, "D")),
        Bronorganisatie = JsonSlices.Text(json, "bronorganisatie"u8)!,
        Commit = Guid.ParseExact(JsonSlices.Text(json, "commit"u8)!, "D"),
        Naar = JsonSlices.Text(json, "naar"u8),
        ETag = JsonSlices.Text(json, "_etag"u8)!,
    };
}
