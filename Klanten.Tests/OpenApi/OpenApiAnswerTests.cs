using System.Net;
using Klanten.Functions.OpenApi;

namespace Klanten.Tests.OpenApi;

/// <summary>How the document is served: to anyone, at two addresses, for the base URL of whoever asks.</summary>
public sealed class OpenApiAnswerTests(SchemaServer server) : IClassFixture<SchemaServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SchemaServer.Yaml, "application/yaml; charset=utf-8")]
    [InlineData(SchemaServer.Yaml + "?v=3", "application/yaml; charset=utf-8")]
    [InlineData(SchemaServer.Json, "application/json")]
    [InlineData(SchemaServer.Json + "?v=3", "application/json")]
    public async Task Anyone_gets_the_document(string url, string contentType)
    {
        using var answer = await server.CreateClient().GetAsync(url, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([contentType], answer.Content.Headers.NonValidated["Content-Type"]);
        Assert.Equal(["3.0.0"], answer.Headers.GetValues("X-OAS-Version"));
        Assert.Equal(["1.0.0"], answer.Headers.GetValues("API-version"));
    }

    [Theory]
    [InlineData(SchemaServer.Yaml)]
    [InlineData(SchemaServer.Json)]
    public async Task HEAD_answers_with_the_headers_of_GET(string url)
    {
        using var get = await server.CreateClient().GetAsync(url, Cancellation);
        using var head = await server.CreateClient().SendAsync(new(HttpMethod.Head, url), Cancellation);

        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal((await get.Content.ReadAsByteArrayAsync(Cancellation)).Length, head.Content.Headers.ContentLength);
        Assert.Equal(get.Headers.GetValues("X-OAS-Version"), head.Headers.GetValues("X-OAS-Version"));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData(SchemaServer.Yaml)]
    [InlineData(SchemaServer.Json)]
    public async Task Each_consumer_reads_its_own_base_url(string url)
    {
        foreach (var host in new[] { "https://klanten.example.nl", "http://nlx.example.nl:8080", "https://klanten.example.nl" })
        {
            using var client = server.CreateClient();
            client.BaseAddress = new(host);
            var document = Tree.OfYaml(await client.GetStringAsync(url, Cancellation));

            Assert.Equal($"{host}/api/v1", document["servers"]![0]!["url"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task The_configured_public_url_goes_before_that_of_the_request()
    {
        await using var configured = server.WithWebHostBuilder(host => host.UseSetting("Klanten:PubliekeUrl", "https://publiek.example.nl/api/v1"));
        var document = Tree.OfJson(await configured.CreateClient().GetStringAsync(SchemaServer.Json, Cancellation));

        Assert.Equal("https://publiek.example.nl/api/v1", document["servers"]![0]!["url"]!.GetValue<string>());
        Assert.DoesNotContain(SchemaText.BaseUrl, document.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/schema/openapi")]
    [InlineData("/api/v1/schema/openapi.yaml/")]
    [InlineData("/api/v1/schema/openapi.YAML")]
    [InlineData("/api/v1/schema/openapi.yml")]
    [InlineData("/schema/openapi.yaml")]
    public async Task Another_path_is_not_found(string url)
    {
        using var answer = await server.CreateClient().GetAsync(url, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task The_document_is_only_for_reading()
    {
        using var answer = await server.CreateClient().PostAsync(SchemaServer.Yaml, null, Cancellation);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }
}
