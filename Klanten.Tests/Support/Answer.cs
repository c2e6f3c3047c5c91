using System.Text;
using System.Text.Json.Nodes;

namespace Klanten.Tests.Support;

/// <summary>What the API answered, whole.</summary>
/// <param name="method">The method of the request.</param>
/// <param name="request">The request, for the message of a test that fails.</param>
/// <param name="status">The status.</param>
/// <param name="headers">All headers.</param>
/// <param name="body">The body, empty when there was none.</param>
public sealed class Answer(string method, string request, int status, IEnumerable<(string Name, string Value)> headers, byte[] body)
{
    private readonly Dictionary<string, string> headers = headers.ToDictionary(h => h.Name, h => h.Value, StringComparer.OrdinalIgnoreCase);

    public string Method { get; } = method;
    public int Status { get; } = status;
    public byte[] Bytes { get; } = body;
    public string Text { get; } = Encoding.UTF8.GetString(body);

    /// <summary>The value of a header; null when it is absent.</summary>
    public string? this[string header] => headers.GetValueOrDefault(header);

    public string ETag => this["ETag"] ?? throw new InvalidOperationException($"no ETag: {this}");

    public JsonNode? Json => JsonNode.Parse(Text);

    /// <summary>The body of an answer that is an object.</summary>
    public JsonObject Body => Json!.AsObject();

    /// <summary>The results of a page.</summary>
    public JsonArray Results => Body["results"]!.AsArray();

    /// <summary>The klantnummers of a page, in order.</summary>
    public string[] Klantnummers => [.. Results.Select(k => k!.Text("klantnummer"))];

    public override string ToString() => $"{request}\n-> {Status} {string.Join("; ", headers.Select(h => $"{h.Key}: {h.Value}"))}\n{Text}";
}
