using System.Net;
using Klanten.Functions.OpenApi;
using Klanten.Tests.Support;

namespace Klanten.Tests.OpenApi;

/// <summary>How the document is served: to everyone, at three addresses, with the address of the request as its server.</summary>
public sealed class OpenApiAnswerTests(SchemaServer server) : IClassFixture<SchemaServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SchemaServer.Yaml, "application/yaml; charset=utf-8")]
    [InlineData(SchemaServer.Yaml + "?v=3", "application/yaml; charset=utf-8")]
    [InlineData(SchemaServer.Json, "application/json")]
    [InlineData(SchemaServer.Json + "?v=3", "application/json")]
    [InlineData(SchemaServer.JsonAtRoot, "application/json")]
    public async Task Anyone_gets_the_document(string url, string contentType)
    {
        using var answer = await server.Client.GetAsync(url, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([contentType], answer.Content.Headers.NonValidated["Content-Type"]);
        Assert.Equal(["3.0.0"], answer.Headers.GetValues("X-OAS-Version"));
        Assert.Equal(["1.0.0"], answer.Headers.GetValues("API-version"));
        Assert.Equal(["*"], answer.Headers.GetValues("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("https://portaal.example")]
    [InlineData("https://ander.example")]
    public async Task A_page_of_any_origin_may_read_it_whatever_origin_may_call_the_API(string origin)
    {
        await using var host = await KlantenHost.StartAsync(
            new Dictionary<string, string?> { ["Klanten:Cors:Origins:0"] = "https://portaal.example" });
        using var request = new HttpRequestMessage(HttpMethod.Get, SchemaServer.JsonAtRoot) { Headers = { { "Origin", origin } } };
        using var answer = await host.Client.SendAsync(request, Cancellation);

        Assert.Contains(Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")), new[] { "*", origin });
    }

    [Fact]
    public async Task The_json_at_the_root_is_the_same() =>
        Assert.Equal(await server.TextAsync(SchemaServer.Json), await server.TextAsync(SchemaServer.JsonAtRoot));

    [Theory]
    [InlineData(SchemaServer.Yaml)]
    [InlineData(SchemaServer.Json)]
    [InlineData(SchemaServer.JsonAtRoot)]
    public async Task HEAD_answers_with_the_headers_of_GET(string url)
    {
        using var get = await server.Client.GetAsync(url, Cancellation);
        using var head = await server.Client.SendAsync(new(HttpMethod.Head, url), Cancellation);

        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal((await get.Content.ReadAsByteArrayAsync(Cancellation)).Length, head.Content.Headers.ContentLength);
        Assert.Equal(get.Headers.GetValues("X-OAS-Version"), head.Headers.GetValues("X-OAS-Version"));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData(SchemaServer.Yaml)]
    [InlineData(SchemaServer.Json)]
    [InlineData(SchemaServer.JsonAtRoot)]
    public async Task A_consumer_that_asked_over_http_reads_the_path_only(string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { Host = "klanten.example.nl:8080" } };
        using var answer = await server.Client.SendAsync(request, Cancellation);
        var document = Tree.OfYaml(await answer.Content.ReadAsStringAsync(Cancellation));

        Assert.Equal("/api/v1", document["servers"]![0]!["url"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(SchemaServer.Yaml)]
    [InlineData(SchemaServer.Json)]
    [InlineData(SchemaServer.JsonAtRoot)]
    public async Task A_consumer_that_asked_over_https_reads_the_address_that_it_asked(string url)
    {
        await using var host = await KlantenHost.StartAsync(new Dictionary<string, string?> { ["Klanten:Proxies:0"] = "127.0.0.1" });
        foreach (var asked in new[] { "klanten.example.nl", "nlx.example.nl:8443", "klanten.example.nl" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{host.Root}{url}");
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("X-Forwarded-Host", asked);
            using var answer = await host.Client.SendAsync(request, Cancellation);
            var document = Tree.OfYaml(await answer.Content.ReadAsStringAsync(Cancellation));

            Assert.Equal($"https://{asked}/api/v1", document["servers"]![0]!["url"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task The_configured_public_url_goes_before_that_of_the_request()
    {
        const string PublicUrl = "https://publiek.example.nl/api/v1";
        await using var host = await KlantenHost.StartAsync(new Dictionary<string, string?> { ["Klanten:PubliekeUrl"] = PublicUrl });
        var document = Tree.OfJson(await host.Client.GetStringAsync(SchemaServer.Json, Cancellation));

        Assert.Equal(PublicUrl, document["servers"]![0]!["url"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_yaml_is_the_file_but_for_the_server()
    {
        const string Line = "  - url: /api/v1\n";
        var file = OpenApiDocument.ReadFile();
        var served = await server.TextAsync(SchemaServer.Yaml);

        Assert.Equal(2, file.Split(Line).Length);
        Assert.Equal(file.Replace(Line, "  - url: \"/api/v1\"\n", StringComparison.Ordinal), served);
    }

    [Fact]
    public async Task The_json_has_the_content_of_the_yaml()
    {
        var yaml = await server.YamlAsync();
        var json = await server.JsonAsync();

        Findings.AssertNone(Differences.InAll(new("the YAML", yaml), new("the JSON", json)).Select(difference => difference.ToString()));
    }

    [Theory]
    [InlineData("/api/v1/schema/openapi")]
    [InlineData("/api/v1/schema/openapi.yaml/")]
    [InlineData("/api/v1/schema/openapi.YAML")]
    [InlineData("/api/v1/schema/openapi.yml")]
    [InlineData("/schema/openapi.yaml")]
    [InlineData("/api/v1/openapi.yaml")]
    [InlineData("/api/v1/openapi.json/")]
    public async Task Another_path_is_not_found(string url)
    {
        using var answer = await server.Client.GetAsync(url, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData(SchemaServer.Yaml, "POST")]
    [InlineData(SchemaServer.Yaml, "DELETE")]
    [InlineData(SchemaServer.Json, "PUT")]
    public async Task The_document_is_only_for_reading(string url, string method)
    {
        using var answer = await server.Client.SendAsync(new(new HttpMethod(method), url), Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }
}
