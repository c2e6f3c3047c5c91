using System.Globalization;
using System.Text.Json;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Cosmos.Documents;

/// <summary>A notification in the outbox, in the partition of the klant.</summary>
internal sealed record OutboxDocument
{
    public const string Type = "notificatie";

    /// <summary>The type of a parked notification. Another one, so that both kinds are found by their index entry alone.</summary>
    public const string ParkedType = "parked";

    /// <summary>The partition.</summary>
    public required string Bronorganisatie { get; init; }

    /// <summary>The commit that it is part of. It determines the id, so that a commit that is sent twice adds one notification.</summary>
    public required Guid Commit { get; init; }

    /// <summary>
    /// Its position among the klant's notifications in all partitions: the number of the audit entry, or for a deletion, which has
    /// no audit entry, the number after the last.
    /// </summary>
    public required long Number { get; init; }

    /// <summary>Whether the klant was ever in another partition, which may then have older notifications of it.</summary>
    public required bool HasMoved { get; init; }

    public required Notificatie Notificatie { get; init; }

    /// <summary>How many deliveries were started.</summary>
    public long Attempts { get; init; }

    /// <summary>
    /// The moment from which it may be delivered: the end of the lease or of the backoff. Null when it is parked, that is, when no
    /// more attempts will be made.
    /// </summary>
    public required DateTimeOffset? NotBefore { get; init; }

    public string ETag { get; init; } = "";

    public string Id => $"{Type}:{Commit:D}";

    /// <summary>The notification of a commit, which may be delivered at once; null when the commit has none.</summary>
    public static OutboxDocument? Create(KlantCommit commit, string bronorganisatie, Guid uuid, long number, bool hasMoved) =>
        commit.Notificatie is not { } notificatie ? null : new()
        {
            Bronorganisatie = bronorganisatie,
            Commit = uuid,
            Number = number,
            HasMoved = hasMoved,
            Notificatie = notificatie,
            NotBefore = notificatie.Aanmaakdatum,
        };

    /// <summary>
    /// The value that a waiting notification has as klantnummer. The index sorts by it, so that an older one of the klant is found
    /// without reading all that wait.
    /// </summary>
    public static string CreateKlantnummer(KlantId klant, long number) => CreateKlantnummer(Type, klant, number);

    private static string CreateKlantnummer(string type, KlantId klant, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"#{type}:{klant}:{number:D10}");

    public ReadOnlyMemory<byte> ToJson() => JsonSlices.CreateObject(writer =>
    {
        var type = NotBefore is null ? ParkedType : Type;
        writer.WriteHead(type, Id, Bronorganisatie, CreateKlantnummer(type, Notificatie.Klant, Number));
        writer.WriteString("klantId"u8, Notificatie.Klant.ToString());
        writer.WriteString("commit"u8, Commit);
        writer.WriteNumber("number"u8, Number);
        if (HasMoved) writer.WriteBoolean("hasMoved"u8, true);
        writer.WriteString("hoofdObject"u8, Notificatie.HoofdObject);
        writer.WriteString("actie"u8, Notificatie.Actie.Code());
        writer.WriteString("waitingSince"u8, Timestamp.Format(Notificatie.Aanmaakdatum));
        writer.WriteString("subjectType"u8, Notificatie.SubjectType);
        writer.WriteNumber("attempts"u8, Attempts);
        if (NotBefore is { } moment) writer.WriteString("notBefore"u8, Timestamp.Format(moment));
    });

    public static OutboxDocument Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var actie = root.GetProperty("actie"u8).GetString() switch
        {
            "create" => Actie.Create,
            "update" => Actie.Update,
            "partial_update" => Actie.PartialUpdate,
            _ => Actie.Destroy,
        };
        return new()
        {
            Bronorganisatie = root.GetProperty("bronorganisatie"u8).GetString()!,
            Commit = root.GetProperty("commit"u8).GetGuid(),
            Number = (long)root.GetProperty("number"u8).GetDouble(),
            HasMoved = root.TryGetProperty("hasMoved"u8, out var moved) && moved.GetBoolean(),
            Notificatie = new(
                new(root.GetProperty("klantId"u8).GetGuid()),
                root.GetProperty("hoofdObject"u8).GetString()!,
                actie,
                Timestamp.Parse(root.GetProperty("waitingSince"u8).GetString()!),
                root.GetProperty("subjectType"u8).GetString()),
            Attempts = (long)root.GetProperty("attempts"u8).GetDouble(),
            NotBefore = root.TryGetProperty("notBefore"u8, out var moment) ? Timestamp.Parse(moment.GetString()!) : null,
            ETag = root.GetProperty("_etag"u8).GetString()!,
        };
    }
}
