using System.Text;
using System.Text.Json;
using Klanten.Functions.Http;

namespace Klanten.Functions.OpenApi;

/// <summary>A format of the OpenAPI document.</summary>
public enum OpenApiFormat
{
    Yaml,
    Json,
}

/// <summary>
/// Serves <c>openapi.yaml</c> as YAML or as JSON, with the address of the request as its server, or its path where that is http.
/// The file is read at the first request, not at the start of the program.
/// </summary>
public sealed class OpenApiDocument
{
    private const string FileName = "openapi.yaml";

    /// <summary>OpenAPI version of the file, which the standard requires in a header.</summary>
    private const string OpenApiVersion = "3.0.0";

    /// <summary>The server in the file: a path without a host.</summary>
    private const string Server = PublicUrls.ApiPath;

    private readonly Lazy<Template> yaml = new(() => Template.Parse(ReadFile(), "- url: ", Server));
    private readonly Lazy<Template> json = new(() => Template.Parse(YamlToJson.Convert(ReadFile()), "\"url\":", $"\"{Server}\""));

    /// <summary>The answer to a GET or a HEAD.</summary>
    /// <param name="format">The requested format.</param>
    /// <param name="baseUrl">Address of the API for this consumer, such as https://klanten.example.nl/api/v1.</param>
    /// <param name="response">Receives the header X-OAS-Version, and what lets a page of any origin read the document.</param>
    public IResult Answer(OpenApiFormat format, string baseUrl, HttpResponse response)
    {
        response.Headers["X-OAS-Version"] = OpenApiVersion;
        response.Headers.AccessControlAllowOrigin = "*";
        var server = ServerAt(baseUrl);
        return format == OpenApiFormat.Yaml
            ? Results.Bytes(yaml.Value.Render(server), "application/yaml; charset=utf-8")
            : Results.Bytes(json.Value.Render(server), MediaTypes.Json);
    }

    /// <summary>
    /// The API design rules (Logius, nlgov:servers-use-https) want no http:// in a document. A server without a scheme is that of the
    /// document itself (OpenAPI 3.0, Server Object).
    /// </summary>
    private static string ServerAt(string baseUrl) =>
        baseUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? baseUrl : new Uri(baseUrl).AbsolutePath;

    /// <summary>The text of the file.</summary>
    public static string ReadFile() => EmbeddedText.Read(FileName);

    /// <summary>The document in one format, split where the address of the server is inserted.</summary>
    private sealed record Template(byte[] Before, byte[] After)
    {
        /// <param name="text">The document.</param>
        /// <param name="key">The text before the address.</param>
        /// <param name="address">The address in the file.</param>
        public static Template Parse(string text, string key, string address)
        {
            var server = text.IndexOf(key + address, StringComparison.Ordinal);
            if (server < 0)
            {
                throw new InvalidOperationException($"{FileName} must have the server {address}.");
            }
            var start = server + key.Length;
            return new(Encoding.UTF8.GetBytes(text[..start]), Encoding.UTF8.GetBytes(text[(start + address.Length)..]));
        }

        /// <remarks>A JSON string is a valid YAML string too.</remarks>
        public byte[] Render(string server) => [.. Before, .. JsonSerializer.SerializeToUtf8Bytes(server), .. After];
    }
}
