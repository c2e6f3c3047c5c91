using System.Globalization;
using System.Text.Json.Serialization;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Cosmos.Documents;

/// <summary>A notification in the outbox, in the partition of the klant.</summary>
internal sealed record OutboxDocument
{
    public const string WaitingType = "notificatie";

    /// <summary>The type of a parked notification. Another one, so that both kinds are found by their index entry alone.</summary>
    public const string ParkedType = "parked";

    public string Id => $"{WaitingType}:{Commit:D}";

    /// <summary>The partition.</summary>
    public required string Bronorganisatie { get; init; }

    public string Klantnummer => CreateKlantnummer(Type, KlantId, Number);

    public string Type => NotBefore is null ? ParkedType : WaitingType;

    public required KlantId KlantId { get; init; }

    /// <summary>The commit that it is part of. It determines the id, so that a commit that is sent twice adds one notification.</summary>
    public required Guid Commit { get; init; }

    /// <summary>
    /// Its position among the klant's notifications in all partitions: the number of the audit entry, or for a deletion, which has
    /// no audit entry, the number after the last.
    /// </summary>
    public required long Number { get; init; }

    /// <summary>Whether the klant was ever in another partition, which may then have older notifications of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool HasMoved { get; init; }

    public required string HoofdObject { get; init; }

    public required Actie Actie { get; init; }

    /// <summary>The moment of the write.</summary>
    public required DateTimeOffset WaitingSince { get; init; }

    public string? SubjectType { get; init; }

    /// <summary>How many deliveries were started.</summary>
    public long Attempts { get; init; }

    /// <summary>
    /// The moment from which it may be delivered: the end of the lease or of the backoff. Null when it is parked, that is, when no
    /// more attempts will be made.
    /// </summary>
    public DateTimeOffset? NotBefore { get; init; }

    [JsonPropertyName("_etag")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
    public string ETag { get; init; } = "";

    [JsonIgnore]
    public Notificatie Notificatie => new(KlantId, HoofdObject, Actie, WaitingSince, SubjectType);

    /// <summary>The notification of a commit, which may be delivered at once; null when the commit has none.</summary>
    public static OutboxDocument? Create(KlantCommit commit, string bronorganisatie, Guid uuid, long number, bool hasMoved) =>
        commit.Notificatie is not { } notificatie ? null : Create(notificatie, bronorganisatie, uuid, number, hasMoved);

    public static OutboxDocument Create(Notificatie notificatie, string bronorganisatie, Guid commit, long number, bool hasMoved) => new()
    {
        Bronorganisatie = bronorganisatie,
        KlantId = notificatie.Klant,
        Commit = commit,
        Number = number,
        HasMoved = hasMoved,
        HoofdObject = notificatie.HoofdObject,
        Actie = notificatie.Actie,
        WaitingSince = notificatie.Aanmaakdatum,
        SubjectType = notificatie.SubjectType,
        NotBefore = notificatie.Aanmaakdatum,
    };

    /// <summary>
    /// The value that a waiting notification has as klantnummer. The index sorts by it, so that an older one of the klant is found
    /// without reading all that wait.
    /// </summary>
    public static string CreateKlantnummer(KlantId klant, long number) => CreateKlantnummer(WaitingType, klant, number);

    private static string CreateKlantnummer(string type, KlantId klant, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"#{type}:{klant}:{number:D10}");

    public ReadOnlyMemory<byte> ToJson() => DocumentJson.Write(this, DocumentJson.Default.OutboxDocument);

    public static OutboxDocument Parse(ReadOnlyMemory<byte> json) => DocumentJson.Read(json, DocumentJson.Default.OutboxDocument);
}
