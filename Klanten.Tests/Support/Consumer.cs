using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Klanten.Tests.OpenApi;

namespace Klanten.Tests.Support;

/// <summary>
/// A consumer of the API, which sends exactly what a test asks for: no other header, no other character. Every answer must be as
/// openapi.yaml describes it.
/// </summary>
public sealed class Consumer(HttpClient http, string baseUrl, string? authorization)
{
    private const string Klanten = "/klanten";

    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) => Send("GET", path, headers: headers);

    public Task<Answer> Head(string path, params (string Name, string Value)[] headers) => Send("HEAD", path, headers: headers);

    public Task<Answer> Post(JsonNode? body, params (string Name, string Value)[] headers) => SendJson("POST", Klanten, body, headers);

    public Task<Answer> Put(string url, JsonNode? body, params (string Name, string Value)[] headers) =>
        SendJson("PUT", url, body, headers);

    public Task<Answer> Patch(string url, JsonNode? body, params (string Name, string Value)[] headers) =>
        SendJson("PATCH", url, body, headers);

    public Task<Answer> Delete(string url, params (string Name, string Value)[] headers) => Send("DELETE", url, headers: headers);

    /// <summary>The list under a query string.</summary>
    public Task<Answer> List(string query) => Get($"{Klanten}?{query}");

    /// <summary>Creates a klant, which must succeed, and returns its representation.</summary>
    public async Task<JsonObject> Created(JsonNode body) => (await Post(body)).ShouldBe(201).Body;

    public Task<Answer> SendJson(string method, string path, JsonNode? body, params (string Name, string Value)[] headers) =>
        SendText(method, path, Json.Write(body), headers);

    /// <summary>A body of any text, as application/json unless the headers say otherwise.</summary>
    public Task<Answer> SendText(string method, string path, string body, params (string Name, string Value)[] headers) =>
        Send(
            method, path, Encoding.UTF8.GetBytes(body),
            headers.Any(h => h.Name == "Content-Type") ? headers : [.. headers, ("Content-Type", "application/json")]);

    /// <param name="method">Any method.</param>
    /// <param name="path">A path of the standard such as /klanten, or a whole URL.</param>
    /// <param name="body">Null sends none.</param>
    /// <param name="headers">All headers but Authorization.</param>
    public async Task<Answer> Send(string method, string path, byte[]? body = null, params (string Name, string Value)[] headers)
    {
        var url = path.StartsWith("http", StringComparison.Ordinal) ? path : baseUrl + path;
        using var request = new HttpRequestMessage(
            new(method), new Uri(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (body is not null) request.Content = new ByteArrayContent(body);
        if (authorization is not null) Add(request, "Authorization", authorization);
        foreach (var (name, value) in headers) Add(request, name, value);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var content = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var answer = new Answer(
            request.Method.Method, $"{method} {path} {(body is null ? "" : Encoding.UTF8.GetString(body))}", (int)response.StatusCode,
            Headers(response), content);
        return DescribedAnswers.Check(url, answer);
    }

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        if (request.Headers.TryAddWithoutValidation(name, value)) return;
        request.Content ??= new ByteArrayContent([]);
        Assert.True(request.Content.Headers.TryAddWithoutValidation(name, value), $"The client cannot send the header {name}");
    }

    private static IEnumerable<(string, string)> Headers(HttpResponseMessage response) =>
        Pairs(response.Headers.NonValidated).Concat(Pairs(response.Content.Headers.NonValidated));

    private static IEnumerable<(string, string)> Pairs(HttpHeadersNonValidated headers) => headers.Select(h => (h.Key, h.Value.ToString()));
}
