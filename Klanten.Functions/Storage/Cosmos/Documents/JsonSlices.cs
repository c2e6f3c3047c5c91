using System.Buffers;
using System.Text.Json;
using Klanten.Core.Model;

namespace Klanten.Functions.Storage.Cosmos.Documents;

/// <summary>Reads and writes documents without copying: the values that it returns are slices of the bytes that came in.</summary>
internal static class JsonSlices
{
    /// <summary>The bytes of the value at the reader's position; the reader moves to the end of the value.</summary>
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
            if (!isList)
            {
                reader.Skip();
                continue;
            }
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) documents.Add(Slice(ref reader, json));
        }
        return documents;
    }

    /// <summary>A string at the top level of a document; null when the document has no string of this name.</summary>
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

    /// <summary>Creates a JSON object; <paramref name="write"/> writes its members.</summary>
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

    /// <summary>Writes a value that is JSON already.</summary>
    public static void WriteJson(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, ReadOnlyMemory<byte> json)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(json.Span, skipInputValidation: true);
    }
}
