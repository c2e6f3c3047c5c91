using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Klanten.Core.Model;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Klanten.Functions.OpenApi;

/// <summary>Converts a YAML document to JSON and keeps the order of its keys.</summary>
/// <remarks>
/// It reads scalars by the core schema of YAML 1.2 (chapter 10.3): a quoted scalar is a string, a plain one may be null, a
/// boolean or a number. It supports decimal numbers only, because the document has no hexadecimal, octal or infinite ones.
/// Keys become strings, the only keys of JSON.
/// </remarks>
internal static class YamlToJson
{
    private const NumberStyles Integer = NumberStyles.AllowLeadingSign;
    private const NumberStyles Float = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public static string Convert(string yaml)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(yaml);
        stream.Load(reader);

        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, KlantJson.WriterOptions);
        Write(writer, stream.Documents[0].RootNode);
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, YamlNode node)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                writer.WriteStartObject();
                foreach (var (key, value) in mapping.Children)
                {
                    writer.WritePropertyName(((YamlScalarNode)key).Value!);
                    Write(writer, value);
                }
                writer.WriteEndObject();
                break;
            case YamlSequenceNode sequence:
                writer.WriteStartArray();
                foreach (var item in sequence.Children)
                {
                    Write(writer, item);
                }
                writer.WriteEndArray();
                break;
            case YamlScalarNode { Style: ScalarStyle.Plain } plain:
                WritePlain(writer, plain.Value!);
                break;
            default:
                writer.WriteStringValue(((YamlScalarNode)node).Value);
                break;
        }
    }

    private static void WritePlain(Utf8JsonWriter writer, string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                writer.WriteNullValue();
                break;
            case "true" or "True" or "TRUE":
                writer.WriteBooleanValue(true);
                break;
            case "false" or "False" or "FALSE":
                writer.WriteBooleanValue(false);
                break;
            case var _ when long.TryParse(text, Integer, CultureInfo.InvariantCulture, out var number):
                writer.WriteNumberValue(number);
                break;
            case var _ when double.TryParse(text, Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(text);
                break;
        }
    }
}
