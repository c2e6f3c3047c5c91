using System.Text;
using System.Text.Json;
using Klanten.Functions.Http;

namespace Klanten.Functions.OpenApi;

/// <summary>A notation of the OpenAPI document.</summary>
public enum OpenApiFormat
{
    Yaml,
    Json,
}

/// <summary>
/// Serves <c>openapi.yaml</c>, as it was written or as JSON, with the address that the consumer asked as its server.
/// The file is read at the first request, not at the start of the program.
/// </summary>
public sealed class OpenApiDocument
{
    private const string FileName = "openapi.yaml";

    /// <summary>The version of OpenAPI that the file is written in; the standard asks for it in a header.</summary>
    private const string OpenApiVersion = "3.0.0";

    /// <summary>The server in the file: the path alone.</summary>
    private const string Server = PublicUrls.ApiPath;

    private readonly Lazy<Template> yaml = new(() => Template.Parse(ReadFile(), "- url: ", Server));
    private readonly Lazy<Template> json = new(() => Template.Parse(YamlToJson.Convert(ReadFile()), "\"url\":", $"\"{Server}\""));

    /// <summary>The answer to a GET or a HEAD.</summary>
    /// <param name="format">The notation that was asked.</param>
    /// <param name="baseUrl">Address of the API for this consumer, such as https://klanten.example.nl/api/v1.</param>
    /// <param name="response">Receives the header X-OAS-Version.</param>
    public IResult Answer(OpenApiFormat format, string baseUrl, HttpResponse response)
    {
        response.Headers["X-OAS-Version"] = OpenApiVersion;
        return format == OpenApiFormat.Yaml
            ? Results.Bytes(yaml.Value.For(baseUrl), "application/yaml; charset=utf-8")
            : Results.Bytes(json.Value.For(baseUrl), MediaTypes.Json);
    }

    /// <summary>The text of the file.</summary>
    public static string ReadFile()
    {
        using var reader = new StreamReader(typeof(OpenApiDocument).Assembly.GetManifestResourceStream(FileName)!);
        return reader.ReadToEnd();
    }

    /// <summary>The document in one notation, cut in two where the address of the server goes.</summary>
    private sealed record Template(byte[] Before, byte[] After)
    {
        /// <param name="text">The document.</param>
        /// <param name="key">What stands in front of the address.</param>
        /// <param name="address">The address in the file.</param>
        public static Template Parse(string text, string key, string address)
        {
            var server = text.IndexOf(key + address, StringComparison.Ordinal);
            if (server < 0) throw new InvalidOperationException($"{FileName} must have the server {address}.");
            var start = server + key.Length;
            return new(Encoding.UTF8.GetBytes(text[..start]), Encoding.UTF8.GetBytes(text[(start + address.Length)..]));
        }

        public byte[] For(string baseUrl)
        {
            // A JSON string is a string in YAML as well.
            var url = JsonSerializer.SerializeToUtf8Bytes(baseUrl);
            return [.. Before, .. url, .. After];
        }
    }
}
