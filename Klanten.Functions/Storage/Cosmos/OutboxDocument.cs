using System.Text.Json;
using Klanten.Core.Model;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>A notification that waits in the outbox of its partition.</summary>
internal sealed record OutboxDocument
{
    public const string Type = "notificatie";

    /// <summary>The partition.</summary>
    public required string Bronorganisatie { get; init; }

    /// <summary>The commit that it is part of; makes its id, so that sending a commit twice adds nothing.</summary>
    public required Guid Commit { get; init; }

    /// <summary>Its place among the klant's notifications, in whatever partition: the number of the audit entry, one more on deletion.</summary>
    public required long Number { get; init; }

    public required Notificatie Notificatie { get; init; }

    /// <summary>Deliveries begun.</summary>
    public long Attempts { get; init; }

    /// <summary>Not to be delivered before: someone holds it, or it must wait. Null when it is parked.</summary>
    public required DateTimeOffset? NotBefore { get; init; }

    public string ETag { get; init; } = "";

    public string Id => $"{Type}:{Commit:D}";

    public ReadOnlyMemory<byte> ToJson() => JsonSlices.CreateObject(writer =>
    {
        writer.WriteHead(Type, Id, Bronorganisatie);
        writer.WriteString("klantId"u8, Notificatie.Klant.ToString());
        writer.WriteString("commit"u8, Commit);
        writer.WriteNumber("number"u8, Number);
        writer.WriteString("hoofdObject"u8, Notificatie.HoofdObject);
        writer.WriteString("actie"u8, Notificatie.Actie.Code());
        writer.WriteString("waitingSince"u8, Timestamp.Format(Notificatie.Aanmaakdatum));
        writer.WriteString("subjectType"u8, Notificatie.SubjectType);
        writer.WriteNumber("attempts"u8, Attempts);
        // One or the other is there, so that each can be queried and counted by itself.
        if (NotBefore is { } moment) writer.WriteString("notBefore"u8, Timestamp.Format(moment));
        else writer.WriteBoolean("parked"u8, true);
    });

    public static OutboxDocument Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new()
        {
            Bronorganisatie = root.GetProperty("bronorganisatie"u8).GetString()!,
            Commit = root.GetProperty("commit"u8).GetGuid(),
            Number = (long)root.GetProperty("number"u8).GetDouble(),
            Notificatie = new(
                new(root.GetProperty("klantId"u8).GetGuid()), root.GetProperty("hoofdObject"u8).GetString()!,
                root.GetProperty("actie"u8).GetString() switch
                {
                    "create" => Actie.Create,
                    "update" => Actie.Update,
                    "partial_update" => Actie.PartialUpdate,
                    _ => Actie.Destroy,
                },
                Timestamp.Parse(root.GetProperty("waitingSince"u8).GetString()!), root.GetProperty("subjectType"u8).GetString()),
            Attempts = (long)root.GetProperty("attempts"u8).GetDouble(),
            NotBefore = root.TryGetProperty("notBefore"u8, out var moment) ? Timestamp.Parse(moment.GetString()!) : null,
            ETag = root.GetProperty("_etag"u8).GetString()!,
        };
    }
}
