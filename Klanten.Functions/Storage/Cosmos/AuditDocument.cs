using System.Runtime.InteropServices;
using System.Text.Json;
using Klanten.Core.Model;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>One entry of a klant's audit trail.</summary>
/// <param name="Klant">Whose trail.</param>
/// <param name="Nummer">Its place in the trail, from 1: clocks of two machines may differ, commits come one after another.</param>
/// <param name="Regel">The entry.</param>
internal sealed record AuditDocument(KlantId Klant, long Nummer, AuditEntry Regel)
{
    public const string Type = "audit";

    public static string IdOf(Guid regel) => $"{Type}:{regel:D}";

    public ReadOnlyMemory<byte> Write(string bronorganisatie) => JsonSlices.Object(writer =>
    {
        writer.WriteHead(Type, IdOf(Regel.Uuid), bronorganisatie);
        writer.WriteString("klantId"u8, Klant.ToString());
        writer.WriteNumber("nummer"u8, Nummer);
        writer.WriteString("uuid"u8, Regel.Uuid);
        writer.WriteString("actie"u8, Regel.Actie.Code());
        writer.WriteString("aanmaakdatum"u8, Moments.Text(Regel.Aanmaakdatum));
        writer.WriteString("resourceWeergave"u8, Regel.ResourceWeergave);
        writer.WriteString("applicatieId"u8, Regel.AuditContext.ApplicatieId);
        writer.WriteString("applicatieWeergave"u8, Regel.AuditContext.ApplicatieWeergave);
        writer.WriteString("gebruikersId"u8, Regel.AuditContext.GebruikersId);
        writer.WriteString("gebruikersWeergave"u8, Regel.AuditContext.GebruikersWeergave);
        writer.WriteString("toelichting"u8, Regel.AuditContext.Toelichting);
        writer.WriteString("logrecordId"u8, Regel.AuditContext.LogrecordId);
        if (!Regel.Oud.IsEmpty) writer.WriteJson("oud"u8, Regel.Oud);
        writer.WriteJson("nieuw"u8, Regel.Nieuw);
    });

    /// <summary>Null for a document of another type.</summary>
    public static AuditDocument? Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (!root.GetProperty("type"u8).ValueEquals(Type)) return null;
        string Text(string name) => root.GetProperty(name).GetString()!;
        return new(new(root.GetProperty("klantId"u8).GetGuid()), (long)root.GetProperty("nummer"u8).GetDouble(), new()
        {
            Uuid = root.GetProperty("uuid"u8).GetGuid(),
            Actie = Text("actie") switch { "create" => Actie.Create, "update" => Actie.Update, _ => Actie.PartialUpdate },
            Aanmaakdatum = Moments.Read(Text("aanmaakdatum")),
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
