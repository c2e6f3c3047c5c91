using System.Globalization;
using System.Text.Json.Serialization;
using Klanten.Core.Model;

namespace Klanten.Functions.Storage.Cosmos.Documents;

/// <summary>
/// One entry of a klant's audit trail. It keeps the klant as it was before the action. What the klant became is kept once: in the next
/// entry, or in the klant itself.
/// </summary>
internal sealed record AuditDocument
{
    private const string AuditType = "audit";

    public string Id => CreateId(Uuid);

    /// <summary>The partition.</summary>
    public required string Bronorganisatie { get; init; }

    public string Klantnummer => CreateKlantnummer(KlantId, Number);

    public string Type { get; } = AuditType;

    /// <summary>The klant whose trail it is part of.</summary>
    public required KlantId KlantId { get; init; }

    /// <summary>
    /// Its position in the trail, from 1. The trail is ordered by it and not by time, because the clocks of two instances may differ.
    /// </summary>
    public required long Number { get; init; }

    /// <summary>The uuid of the entry before it; null for the first.</summary>
    public Guid? Previous { get; init; }

    public required Guid Uuid { get; init; }

    public required Actie Actie { get; init; }

    public required DateTimeOffset Aanmaakdatum { get; init; }

    public required string ResourceWeergave { get; init; }

    public required string ApplicatieId { get; init; }

    public required string ApplicatieWeergave { get; init; }

    public required string GebruikersId { get; init; }

    public required string GebruikersWeergave { get; init; }

    public required string Toelichting { get; init; }

    public required string LogrecordId { get; init; }

    /// <summary>The klant before the action; empty on create.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ReadOnlyMemory<byte> Oud { get; init; }

    public static AuditDocument Create(string bronorganisatie, KlantId klant, long number, Guid? previous, AuditEntry entry) => new()
    {
        Bronorganisatie = bronorganisatie,
        KlantId = klant,
        Number = number,
        Previous = previous,
        Uuid = entry.Uuid,
        Actie = entry.Actie,
        Aanmaakdatum = entry.Aanmaakdatum,
        ResourceWeergave = entry.ResourceWeergave,
        ApplicatieId = entry.AuditContext.ApplicatieId,
        ApplicatieWeergave = entry.AuditContext.ApplicatieWeergave,
        GebruikersId = entry.AuditContext.GebruikersId,
        GebruikersWeergave = entry.AuditContext.GebruikersWeergave,
        Toelichting = entry.AuditContext.Toelichting,
        LogrecordId = entry.AuditContext.LogrecordId,
        Oud = entry.Oud,
    };

    public static string CreateId(Guid uuid) => $"{AuditType}:{uuid:D}";

    /// <summary>
    /// The value that the document has as klantnummer. The index sorts by it, so that part of a trail is found by its numbers, without
    /// an index path of its own, which would cost every other document an entry too.
    /// </summary>
    public static string CreateKlantnummer(KlantId klant, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"#{AuditType}:{klant}:{number:D10}");

    public ReadOnlyMemory<byte> ToJson() => DocumentJson.Write(this, DocumentJson.Default.AuditDocument);

    /// <returns>The entry; null for a document of another type.</returns>
    public static AuditDocument? Parse(ReadOnlyMemory<byte> json) => JsonSlices.GetString(json, "type"u8) == AuditType
        ? DocumentJson.Read(json, DocumentJson.Default.AuditDocument)
        : null;

    /// <param name="nieuw">What the klant became.</param>
    public AuditEntry ToEntry(ReadOnlyMemory<byte> nieuw) => new()
    {
        Uuid = Uuid,
        Actie = Actie,
        Aanmaakdatum = Aanmaakdatum,
        ResourceWeergave = ResourceWeergave,
        AuditContext = new()
        {
            ApplicatieId = ApplicatieId,
            ApplicatieWeergave = ApplicatieWeergave,
            GebruikersId = GebruikersId,
            GebruikersWeergave = GebruikersWeergave,
            Toelichting = Toelichting,
            LogrecordId = LogrecordId,
        },
        Oud = Oud,
        Nieuw = nieuw,
    };

    /// <summary>The whole trail, in order; null when the klant and the documents were not read at the same moment.</summary>
    public static List<AuditEntry>? Trail(KlantDocument klant, IEnumerable<AuditDocument> documents)
    {
        // Entries that were added after the klant was read are left out.
        var trail = documents.Where(document => document.Number <= klant.AuditCount).OrderBy(document => document.Number).ToList();
        if (trail.Count != klant.AuditCount) return null;
        var entries = new List<AuditEntry>(trail.Count);
        for (var i = 0; i < trail.Count; i++)
        {
            entries.Add(trail[i].ToEntry(i + 1 < trail.Count ? trail[i + 1].Oud : klant.Json));
        }
        return entries;
    }

    /// <summary>
    /// The one entry with this uuid, or none; null when the klant and the documents were not read at the same moment.
    /// </summary>
    public static List<AuditEntry>? Single(Guid uuid, KlantDocument klant, IEnumerable<AuditDocument> documents)
    {
        var all = documents.ToList();
        if (all.Find(document => document.Uuid == uuid) is not { } document) return [];
        if (document.Number == klant.AuditCount) return [document.ToEntry(klant.Json)];
        return all.Find(other => other.Previous == uuid) is { } next ? [document.ToEntry(next.Oud)] : null;
    }
}
