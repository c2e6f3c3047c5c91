using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Klanten.Tests.Support;

/// <summary>An <see cref="HttpClient"/> for the API, for tests that need the response itself and not an <see cref="Answer"/>.</summary>
internal static class ApiClient
{
    /// <summary>A client that follows no redirects, keeps no cookies, decompresses nothing and adds no header.</summary>
    public static HttpClient Create() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        ActivityHeadersPropagator = null,
    });

    /// <summary>A client with a token of this application; of <see cref="Applications.Super"/> by default.</summary>
    /// <param name="root">Where the API is, without a path.</param>
    /// <param name="application">The application.</param>
    public static HttpClient Create(string root, Application? application = null)
    {
        var client = Create();
        client.BaseAddress = new($"{root}/api/v1/");
        client.Timeout = TimeSpan.FromSeconds(30);
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token.Of(application ?? Applications.Super).ToString());
        return client;
    }

    public static Task<HttpResponseMessage> SendAsync(this HttpClient client, string method, string path, JsonNode? body = null)
    {
        var request = new HttpRequestMessage(new(method), path);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Json.Utf8(body))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            };
        }
        return client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Creates a klant, which must succeed, and returns its URL.</summary>
    public static async Task<string> CreateAsync(this HttpClient client)
    {
        using var response = await client.SendAsync("POST", "klanten", Bodies.NumberedKlant());
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return response.Headers.Location!.ToString();
    }

    public static async Task<JsonNode> JsonAsync(this HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
}
