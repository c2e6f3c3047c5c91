using System.Buffers;
using System.Text.Json;

namespace Klanten.Core.Model;

/// <summary>
/// The representation of a klant without its <c>url</c>: compact UTF-8 JSON in the key order of the standard. The stores
/// keep these very bytes, so that a read only has to put the url in front.
/// </summary>
public static class KlantJson
{
    private static readonly JsonEncodedText IdentificatieKey = JsonEncodedText.Encode("subjectIdentificatie");

    /// <summary>Options for every representation: compact, non-ASCII as it is.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = new PlainJsonEncoder(), SkipValidation = true };

    public static byte[] Write(Klant klant)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            KlantFields.Basis.Write(klant, writer);
            if (KlantFields.Identificatie(klant.SubjectType) is { } fields)
            {
                writer.WritePropertyName(IdentificatieKey);
                if (klant.SubjectIdentificatie is { } identificatie) fields.WriteObject(identificatie, writer);
                else writer.WriteNullValue();
            }
            writer.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Klant Read(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var klant = KlantFields.Basis.Restore(document.RootElement);
        return KlantFields.Identificatie(klant.SubjectType) is { } fields
            && document.RootElement.TryGetProperty(IdentificatieKey.EncodedUtf8Bytes, out var identificatie)
            && identificatie.ValueKind == JsonValueKind.Object
                ? klant with { SubjectIdentificatie = fields.Restore(identificatie) }
                : klant;
    }
}
