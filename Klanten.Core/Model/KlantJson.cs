using System.Buffers;
using System.Text.Json;

namespace Klanten.Core.Model;

/// <summary>
/// The representation of a klant without its <c>url</c>: compact UTF-8 JSON with the keys in the order of the standard. The
/// stores keep these bytes, so that a read only has to put the url in front (ADR 2). Fields of Open Klant 1.x that have a value come
/// last (<see cref="AddedJson"/>).
/// </summary>
public static class KlantJson
{
    private static readonly JsonEncodedText IdentificatieKey = JsonEncodedText.Encode("subjectIdentificatie");

    /// <summary>Options for every representation: compact, and characters outside ASCII are not escaped.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = new PlainJsonEncoder(), SkipValidation = true };

    /// <summary>Writes the representation, in an array that holds nothing else.</summary>
    public static byte[] Write(Klant klant)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            KlantFields.Base.Write(klant, writer);
            if (KlantFields.IdentificatieFor(klant.SubjectType) is { } fields)
            {
                writer.WritePropertyName(IdentificatieKey);
                if (klant.SubjectIdentificatie is { } identificatie) fields.WriteObject(identificatie, writer);
                else writer.WriteNullValue();
            }
            if (OpenKlantFields.AreAddedTo(klant)) OpenKlantFields.Added.Write(klant, writer);
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a representation that <see cref="Write"/> wrote.</summary>
    public static Klant Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var klant = KlantFields.Base.Restore(document.RootElement);
        if (AddedJson.IsIn(json.Span)) klant = OpenKlantFields.Added.Restore(klant, document.RootElement);
        if (KlantFields.IdentificatieFor(klant.SubjectType) is not { } fields) return klant;
        if (!document.RootElement.TryGetProperty(IdentificatieKey.EncodedUtf8Bytes, out var identificatie)) return klant;
        if (identificatie.ValueKind != JsonValueKind.Object) return klant;
        return klant with { SubjectIdentificatie = fields.Restore(identificatie) };
    }
}
