using System.Buffers;
using System.Text.Json;
using Klanten.Core.Model;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>Reads and writes documents without a model in between: values are slices of the bytes that came in.</summary>
internal static class JsonSlices
{
    /// <summary>The value that the reader stands on, as it stands in the text; the reader moves to its end.</summary>
    public static ReadOnlyMemory<byte> Slice(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }

    /// <summary>The documents in an answer to a query.</summary>
    public static List<ReadOnlyMemory<byte>> ParseDocuments(ReadOnlyMemory<byte> json)
    {
        var documents = new List<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(json.Span);
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName) continue;
            var isList = reader.ValueTextEquals("Documents"u8);
            reader.Read();
            if (!isList) reader.Skip();
            else while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) documents.Add(Slice(ref reader, json));
        }
        return documents;
    }

    /// <summary>A whole number at the top of a document; 0 when it has none of this name.</summary>
    public static long GetInt64(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(json.Span);
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName) continue;
            var found = reader.ValueTextEquals(name);
            reader.Read();
            // Patch may turn a whole number into one with a fraction of zero.
            if (found && reader.TokenType == JsonTokenType.Number) return reader.TryGetInt64(out var number) ? number : (long)reader.GetDouble();
            reader.Skip();
        }
        return 0;
    }

    /// <summary>The text at the top of a document; null when it has none of this name.</summary>
    public static string? GetString(ReadOnlyMemory<byte> json, ReadOnlySpan<byte> name)
    {
        var reader = new Utf8JsonReader(json.Span);
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName) continue;
            var found = reader.ValueTextEquals(name);
            reader.Read();
            if (found && reader.TokenType == JsonTokenType.String) return reader.GetString();
            reader.Skip();
        }
        return null;
    }

    /// <summary>A JSON object with what <paramref name="write"/> puts in it.</summary>
    public static ReadOnlyMemory<byte> CreateObject(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(2048);
        using var writer = new Utf8JsonWriter(buffer, KlantJson.WriterOptions);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>
    /// What every document starts with. One that is no klant takes "#" and its id for klantnummer: the unique key demands
    /// one of each document of the partition, and no consumer can send more than 8 characters.
    /// </summary>
    public static void WriteHead(this Utf8JsonWriter writer, string type, string id, string bronorganisatie, string? klantnummer = null)
    {
        writer.WriteString("id"u8, id);
        writer.WriteString("bronorganisatie"u8, bronorganisatie);
        writer.WriteString("klantnummer"u8, klantnummer ?? "#" + id);
        writer.WriteString("type"u8, type);
    }

    /// <summary>A value that is JSON already.</summary>
    public static void WriteJson(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlyMemory<byte> json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json.Span, skipInputValidation: true);
    }
}
