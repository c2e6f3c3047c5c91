using System.Text;
using System.Text.Json;
using Klanten.Functions.Http;
using Microsoft.OpenApi;

namespace Klanten.Functions.OpenApi;

/// <summary>A notation of the document.</summary>
/// <param name="ContentType">Header of the answer.</param>
/// <param name="Writer">Writes the notation.</param>
/// <param name="Placeholder">How <see cref="SchemaText.BaseUrl"/> comes out of the writer.</param>
internal sealed record SchemaFormat(string ContentType, Func<TextWriter, IOpenApiWriter> Writer, string Placeholder)
{
    public static readonly SchemaFormat Yaml = new("application/yaml; charset=utf-8", text => new OpenApiYamlWriter(text), SchemaText.BaseUrl);
    public static readonly SchemaFormat Json = new(MediaTypes.Json, text => new OpenApiJsonWriter(text, new() { Terse = true }), $"\"{SchemaText.BaseUrl}\"");
}

/// <summary>The document in one notation, cut in two where the base URL of the request goes.</summary>
internal sealed class SchemaText
{
    /// <summary>The version that the standard is written in.</summary>
    public const string OpenApiVersion = "3.0.0";

    /// <summary>Stands in the document for the base URL.</summary>
    public const string BaseUrl = "https://basis-url.invalid";

    /// <summary>What the writer makes of version 3.0.</summary>
    private const string WrittenVersion = "3.0.4";

    private readonly byte[] before;
    private readonly byte[] after;

    private SchemaText(string before, string after) =>
        (this.before, this.after) = (Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after));

    public static SchemaText Of(OpenApiDocument document, SchemaFormat format)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        document.SerializeAsV3(format.Writer(writer));
        var text = writer.ToString();
        var (version, url) = (text.IndexOf(WrittenVersion, StringComparison.Ordinal), text.IndexOf(format.Placeholder, StringComparison.Ordinal));
        return new(
            $"{text.AsSpan(0, version)}{OpenApiVersion}{text.AsSpan(version + WrittenVersion.Length, url - version - WrittenVersion.Length)}",
            text[(url + format.Placeholder.Length)..]);
    }

    /// <summary>The document for a consumer that reaches the API at <paramref name="baseUrl"/>.</summary>
    public byte[] For(string baseUrl)
    {
        // A JSON string is a string in YAML as well.
        var url = JsonSerializer.SerializeToUtf8Bytes(baseUrl);
        return [.. before, .. url, .. after];
    }
}
