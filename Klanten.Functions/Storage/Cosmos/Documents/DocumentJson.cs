using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Klanten.Core.Model;

namespace Klanten.Functions.Storage.Cosmos.Documents;

/// <summary>
/// Generated code that reads and writes the documents that are no klant. A klant has its own (<see cref="KlantDocument"/>), which passes
/// the representation on unread. Fields without a value are left out.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(ActieConverter), typeof(KlantIdConverter), typeof(MomentConverter), typeof(RawJsonConverter),
        typeof(WholeNumberConverter)])]
[JsonSerializable(typeof(AuditDocument))]
[JsonSerializable(typeof(Counters))]
[JsonSerializable(typeof(Counts))]
[JsonSerializable(typeof(Forward))]
[JsonSerializable(typeof(KlantnummerCounter))]
[JsonSerializable(typeof(OutboxDocument))]
internal sealed partial class DocumentJson : JsonSerializerContext
{
    public static ReadOnlyMemory<byte> Write<T>(T document, JsonTypeInfo<T> type)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using var writer = new Utf8JsonWriter(buffer, KlantJson.WriterOptions);
        JsonSerializer.Serialize(writer, document, type);
        return buffer.WrittenMemory;
    }

    public static T Read<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type) => JsonSerializer.Deserialize(json.Span, type)!;
}

internal sealed class ActieConverter : JsonConverter<Actie>
{
    public override Actie Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() switch
        {
            "create" => Actie.Create,
            "update" => Actie.Update,
            "partial_update" => Actie.PartialUpdate,
            _ => Actie.Destroy,
        };

    public override void Write(Utf8JsonWriter writer, Actie value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code());
}

internal sealed class KlantIdConverter : JsonConverter<KlantId>
{
    public override KlantId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetGuid());

    public override void Write(Utf8JsonWriter writer, KlantId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}

internal sealed class MomentConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Timestamp.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Timestamp.Format(value));
}

/// <summary>A value that is JSON already.</summary>
internal sealed class RawJsonConverter : JsonConverter<ReadOnlyMemory<byte>>
{
    public override ReadOnlyMemory<byte> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var value = JsonDocument.ParseValue(ref reader);
        return JsonMarshal.GetRawUtf8Value(value.RootElement).ToArray();
    }

    public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Span, skipInputValidation: true);
}

/// <summary>A whole number, of which an increment (Patch) may have turned 1 into 1.0.</summary>
internal sealed class WholeNumberConverter : JsonConverter<long>
{
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TryGetInt64(out var number) ? number : (long)reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
