using System.Runtime.InteropServices;
using System.Text.Json;
using Klanten.Core.Model;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>One entry of a klant's audit trail.</summary>
/// <param name="Klant">The klant whose trail it is part of.</param>
/// <param name="Number">
/// Its position in the trail, from 1. The trail is ordered by it and not by time, because the clocks of two instances may differ.
/// </param>
/// <param name="Entry">The entry.</param>
internal sealed record AuditDocument(KlantId Klant, long Number, AuditEntry Entry)
{
    public const string Type = "audit";

    public static string CreateId(Guid uuid) => $"{Type}:{uuid:D}";

    public ReadOnlyMemory<byte> ToJson(string bronorganisatie) => JsonSlices.CreateObject(writer =>
    {
        writer.WriteHead(Type, CreateId(Entry.Uuid), bronorganisatie);
        writer.WriteString("klantId"u8, Klant.ToString());
        writer.WriteNumber("number"u8, Number);
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
        writer.WriteJson("nieuw"u8, Entry.Nieuw);
    });

    /// <returns>The entry; null for a document of another type.</returns>
    public static AuditDocument? Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (!root.GetProperty("type"u8).ValueEquals(Type)) return null;
        string Text(string name) => root.GetProperty(name).GetString()!;
        var klant = new KlantId(root.GetProperty("klantId"u8).GetGuid());
        return new(klant, (long)root.GetProperty("number"u8).GetDouble(), new()
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
            Oud = Raw(root, "oud"),
            Nieuw = Raw(root, "nieuw"),
        });
    }

    private static ReadOnlyMemory<byte> Raw(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) ? JsonMarshal.GetRawUtf8Value(value).ToArray() : default(ReadOnlyMemory<byte>);
}
