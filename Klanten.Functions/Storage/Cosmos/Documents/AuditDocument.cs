using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Klanten.Core.Model;

namespace Klanten.Functions.Storage.Cosmos.Documents;

/// <summary>
/// One entry of a klant's audit trail. It keeps the klant as it was before the action. What the klant became is kept once: in the next
/// entry, or in the klant itself.
/// </summary>
/// <param name="Klant">The klant whose trail it is part of.</param>
/// <param name="Number">
/// Its position in the trail, from 1. The trail is ordered by it and not by time, because the clocks of two instances may differ.
/// </param>
/// <param name="Previous">The uuid of the entry before it; null for the first.</param>
/// <param name="Entry">The entry; of one that was read, what the klant became is still to be added.</param>
internal sealed record AuditDocument(KlantId Klant, long Number, Guid? Previous, AuditEntry Entry)
{
    public const string Type = "audit";

    public static string CreateId(Guid uuid) => $"{Type}:{uuid:D}";

    /// <summary>
    /// The value that the document has as klantnummer. The index sorts by it, so that part of a trail is found by its numbers, without
    /// an index path of its own, which would cost every other document an entry too.
    /// </summary>
    public static string CreateKlantnummer(KlantId klant, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"#{Type}:{klant}:{number:D10}");

    public ReadOnlyMemory<byte> ToJson(string bronorganisatie) => JsonSlices.CreateObject(writer =>
    {
        writer.WriteHead(Type, CreateId(Entry.Uuid), bronorganisatie, CreateKlantnummer(Klant, Number));
        writer.WriteString("klantId"u8, Klant.ToString());
        writer.WriteNumber("number"u8, Number);
        if (Previous is { } previous) writer.WriteString("previous"u8, previous);
        writer.WriteString("uuid"u8, Entry.Uuid);
        writer.WriteString("actie"u8, Entry.Actie.Code());
        writer.WriteString("aanmaakdatum"u8, Timestamp.Format(Entry.Aanmaakdatum));
        writer.WriteString("resourceWeergave"u8, Entry.ResourceWeergave);
        writer.WriteString("applicatieId"u8, Entry.AuditContext.ApplicatieId);
        writer.WriteString("applicatieWeergave"u8, Entry.AuditContext.ApplicatieWeergave);
        writer.WriteString("gebruikersId"u8, Entry.AuditContext.GebruikersId);
        writer.WriteString("gebruikersWeergave"u8, Entry.AuditContext.GebruikersWeergave);
        writer.WriteString("toelichting"u8, Entry.AuditContext.Toelichting);
        writer.WriteString("logrecordId"u8, Entry.AuditContext.LogrecordId);
        if (!Entry.Oud.IsEmpty) writer.WriteJson("oud"u8, Entry.Oud);
    });

    /// <returns>The entry; null for a document of another type.</returns>
    public static AuditDocument? Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (!root.GetProperty("type"u8).ValueEquals(Type)) return null;
        string Text(string name) => root.GetProperty(name).GetString()!;
        var klant = new KlantId(root.GetProperty("klantId"u8).GetGuid());
        Guid? previous = root.TryGetProperty("previous"u8, out var before) ? before.GetGuid() : null;
        return new(klant, (long)root.GetProperty("number"u8).GetDouble(), previous, new()
        {
            Uuid = root.GetProperty("uuid"u8).GetGuid(),
            Actie = Text("actie") switch
            {
                "create" => Actie.Create,
                "update" => Actie.Update,
                _ => Actie.PartialUpdate,
            },
            Aanmaakdatum = Timestamp.Parse(Text("aanmaakdatum")),
            ResourceWeergave = Text("resourceWeergave"),
            AuditContext = new()
            {
                ApplicatieId = Text("applicatieId"),
                ApplicatieWeergave = Text("applicatieWeergave"),
                GebruikersId = Text("gebruikersId"),
                GebruikersWeergave = Text("gebruikersWeergave"),
                Toelichting = Text("toelichting"),
                LogrecordId = Text("logrecordId"),
            },
            Oud = root.TryGetProperty("oud"u8, out var oud) ? JsonMarshal.GetRawUtf8Value(oud).ToArray() : default(ReadOnlyMemory<byte>),
            Nieuw = default,
        });
    }

    /// <summary>The whole trail, in order; null when the klant and the documents were not read at the same moment.</summary>
    public static List<AuditEntry>? Trail(KlantDocument klant, IEnumerable<AuditDocument> documents)
    {
        // Entries that were added after the klant was read are left out.
        var trail = documents.Where(document => document.Number <= klant.AuditCount).OrderBy(document => document.Number).ToList();
        if (trail.Count != klant.AuditCount) return null;
        var entries = new List<AuditEntry>(trail.Count);
        for (var i = 0; i < trail.Count; i++)
        {
            var after = i + 1 < trail.Count ? trail[i + 1].Entry.Oud : klant.Json;
            entries.Add(trail[i].Entry with { Nieuw = after });
        }
        return entries;
    }

    /// <summary>
    /// The one entry with this uuid, or none; null when the klant and the documents were not read at the same moment.
    /// </summary>
    public static List<AuditEntry>? Single(Guid uuid, KlantDocument klant, IEnumerable<AuditDocument> documents)
    {
        var all = documents.ToList();
        if (all.Find(document => document.Entry.Uuid == uuid) is not { } document) return [];
        if (document.Number == klant.AuditCount) return [document.Entry with { Nieuw = klant.Json }];
        return all.Find(other => other.Previous == uuid) is { } next ? [document.Entry with { Nieuw = next.Entry.Oud }] : null;
    }
}
