using System.Globalization;
using System.Net;
using System.Text;
using Klanten.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Klanten.Tests.Http;

/// <summary>Requests that no client sends on purpose, without a Functions host: such a host answers them itself.</summary>
public sealed class MalformedRequestTests
{
    private const string Host = "Host: klanten.example\r\n";
    private const string Json = "Content-Type: application/json\r\n";

    private static readonly string Authorization = $"Authorization: Bearer {Token.Of(Applications.Super)}\r\n";

    [Theory]
    [InlineData("{\"a\"")]
    [InlineData("")]
    public async Task A_body_that_stalls_takes_too_long(string start)
    {
        await using var program = await KlantenHost.StartAsync(replace: Impatiently);
        var answer = await RawHttp.SendAsync(
            program.Root, $"POST /api/v1/klanten HTTP/1.1\r\n{Host}{Authorization}{Json}Content-Length: 100\r\n\r\n{start}");
        answer.ShouldBeProblem(408, "request_timeout");
        Assert.Equal("close", answer["Connection"]);
    }

    [Fact]
    public async Task A_chunked_body_that_stalls_takes_too_long()
    {
        await using var program = await KlantenHost.StartAsync(replace: Impatiently);
        (await RawHttp.SendAsync(program.Root, Chunked("5\r\n{\"a\":\r\n"))).ShouldBeProblem(408, "request_timeout");
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n")]
    [InlineData("FFFFFFFF\r\n{}\r\n0\r\n\r\n")]
    [InlineData("zz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("-1\r\n{}\r\n0\r\n\r\n")]
    [InlineData("\r\n{}\r\n0\r\n\r\n")]
    [InlineData("2\r\n{}x\r\n0\r\n\r\n")]
    public async Task A_chunked_body_that_is_no_HTTP_is_refused(string chunks)
    {
        await using var program = await KlantenHost.StartAsync(replace: Impatiently);
        var answer = await RawHttp.SendAsync(program.Root, Chunked(chunks));
        Assert.Contains(answer.Status, (int[])[400, 408, 413]);
        answer.ShouldBeProblem(answer.Status, answer.Body.Text("code"));
        Assert.Equal("close", answer["Connection"]);
    }

    /// <remarks>.NET throws when it decodes such a name.</remarks>
    [Theory]
    [InlineData("xn--")]
    [InlineData("xn--.example")]
    [InlineData("xn--999999999b.example")]
    public async Task A_host_that_is_no_Punycode_is_a_name_like_any_other(string host)
    {
        await using var program = await KlantenHost.StartAsync();
        var answer = await RawHttp.SendAsync(program.Root, $"GET /api/v1/klanten HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        Assert.Contains(answer.Status, (int[])[400, 403]);
        answer.ShouldBeProblem(answer.Status, answer.Body.Text("code"));
    }

    [Theory]
    [InlineData("gzip, chunked")]
    [InlineData("chunked, chunked")]
    [InlineData("gzip\r\nTransfer-Encoding: chunked")]
    public async Task A_body_that_is_coded_in_another_way_than_in_chunks_is_refused(string codings)
    {
        await using var program = await KlantenHost.StartAsync();
        var answer = await RawHttp.SendAsync(
            program.Root,
            $"POST /api/v1/klanten HTTP/1.1\r\n{Host}{Authorization}{Json}Transfer-Encoding: {codings}\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n");
        answer.ShouldBeProblem(400, "parse_error");
        Assert.Equal("close", answer["Connection"]);
    }

    [Fact]
    public async Task The_host_of_a_whole_URL_counts_and_the_header_Host_does_not()
    {
        await using var program = await KlantenHost.StartAsync();
        var answer = await RawHttp.SendAsync(
            program.Root, $"GET http://ander.example/api/v1/klanten HTTP/1.1\r\n{Host}{Authorization}Connection: close\r\n\r\n");
        Assert.Equal(200, answer.Status);
    }

    [Theory]
    [InlineData("b", 200)]
    [InlineData("bb", 400)]
    public async Task A_host_is_at_most_as_long_as_a_name_can_be(string end, int status)
    {
        await using var program = await KlantenHost.StartAsync();
        var name = string.Join('.', Enumerable.Repeat(new string('a', 62), 4)) + "." + end;
        var answer = await RawHttp.SendAsync(
            program.Root, $"GET /api/v1/klanten HTTP/1.1\r\nHost: {name}:65535\r\n{Authorization}Connection: close\r\n\r\n");
        Assert.Equal(status, answer.Status);
    }

    [Fact]
    public async Task A_chunked_body_may_have_extensions_and_trailers()
    {
        await using var program = await KlantenHost.StartAsync();
        (await RawHttp.SendAsync(program.Root, Chunked("2;a=b\r\n{}\r\n0\r\nX-Na: 1\r\n\r\n", "Connection: close\r\n")))
            .ShouldBeInvalid(("bronorganisatie", "required"), ("websiteUrl", "required"));
    }

    [Theory]
    [InlineData("POST /api/v1/klanten HTTP/1.0\r\n")]
    [InlineData("POST /api/v1/klanten HTTP/1.0\r\nHost:\r\n")]
    [InlineData("POST /api/v1/klanten HTTP/1.1\r\nHost:\r\nConnection: close\r\n")]
    [InlineData("POST /api/v1/klanten HTTP/1.1\r\nHost: a:99999\r\nConnection: close\r\n")]
    [InlineData("GET /api/v1/klanten HTTP/1.0\r\n")]
    [InlineData("DELETE /api/v1/klanten/3fa85f64-5717-4562-b3fc-2c963f66afa6 HTTP/1.0\r\n")]
    public async Task A_request_whose_address_cannot_be_told_is_refused(string start)
    {
        await using var program = await KlantenHost.StartAsync();
        var answer = await RawHttp.SendAsync(program.Root, WithKlant(start));
        Assert.Equal((400, "parse_error"), (answer.Status, answer.Body.Text("code")));
        Assert.Equal("/ref/fouten/ParseError/", answer.Body.Text("type"));
        using var list = await program.Client.SendAsync("GET", "klanten");
        Assert.Equal(0, (int)(await list.JsonAsync())["count"]!);
    }

    [Theory]
    [InlineData("HTTP/1.0\r\n")]
    [InlineData("HTTP/1.0\r\nHost: evil.example\r\n")]
    [InlineData("HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n")]
    [InlineData("HTTP/1.1\r\nHost:\r\nConnection: close\r\n")]
    public async Task The_configured_address_counts_and_no_other(string start)
    {
        await using var program = await KlantenHost.StartAsync(
            new Dictionary<string, string?> { ["Klanten:PubliekeUrl"] = "https://klanten.gemeente.example" });
        foreach (var answer in new[]
        {
            (await RawHttp.SendAsync(program.Root, WithKlant($"POST /api/v1/klanten {start}"))).ShouldBe(201),
            (await RawHttp.SendAsync(program.Root, $"GET /api/v1/klanten {start}{Authorization}\r\n")).ShouldBe(200),
            (await RawHttp.SendAsync(program.Root, $"GET /api/v1/klanten {start}\r\n")).ShouldBeProblem(403, "permission_denied"),
        })
        {
            Assert.Contains("https://klanten.gemeente.example/", answer.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("evil", answer.ToString(), StringComparison.Ordinal);
            Assert.Equal("max-age=31536000", answer["Strict-Transport-Security"]);
        }
    }

    [Theory]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    [InlineData("/api/v1/schema/openapi.json")]
    public async Task What_has_no_url_of_a_klant_needs_no_address(string path)
    {
        await using var program = await KlantenHost.StartAsync();
        Assert.Equal(200, (await RawHttp.SendAsync(program.Root, $"GET {path} HTTP/1.0\r\n\r\n")).Status);
    }

    [Theory]
    [InlineData("Content-Length: -1\r\n\r\n{}")]
    [InlineData("Content-Length: twee\r\n\r\n{}")]
    [InlineData("Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x")]
    [InlineData("Transfer-Encoding: gzip\r\n\r\n{}")]
    [InlineData("A b: c\r\n\r\n{}")]
    public async Task The_server_refuses_what_is_no_request_before_the_program_sees_it(string rest)
    {
        await using var program = await KlantenHost.StartAsync();
        var answer = await RawHttp.SendAsync(program.Root, $"POST /api/v1/klanten HTTP/1.1\r\n{Host}{Authorization}{Json}{rest}");
        Assert.Equal((400, ""), (answer.Status, answer.Text));
    }

    [Fact]
    public async Task A_host_that_the_configuration_does_not_allow_is_refused()
    {
        await using var program = await KlantenHost.StartAsync(
            new Dictionary<string, string?> { ["AllowedHosts"] = "klanten.example;127.0.0.1" });
        var answer = await RawHttp.SendAsync(
            program.Root, $"GET /api/v1/klanten HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n{Authorization}\r\n");
        Assert.Equal((400, "parse_error", "nosniff"), (answer.Status, answer.Body.Text("code"), answer["X-Content-Type-Options"]));
        Assert.DoesNotContain("evil", answer.ToString(), StringComparison.Ordinal);
        (await RawHttp.SendAsync(program.Root, $"GET /api/v1/klanten HTTP/1.1\r\n{Host}Connection: close\r\n{Authorization}\r\n"))
            .ShouldBe(200);
        using var invalid = await program.Client.SendAsync("POST", "klanten", new System.Text.Json.Nodes.JsonObject());
        Assert.Equal("invalid", (string?)(await invalid.JsonAsync())["code"]);
    }

    [Fact]
    public async Task A_body_in_HTTP_1_0_is_read()
    {
        await using var program = await KlantenHost.StartAsync();
        (await RawHttp.SendAsync(program.Root, WithKlant($"POST /api/v1/klanten HTTP/1.0\r\n{Host}"))).ShouldBe(201);
    }

    [Fact]
    public async Task A_body_that_is_announced_as_too_large_is_not_asked_for()
    {
        await using var program = await KlantenHost.StartAsync();
        var answer = await RawHttp.SendAsync(
            program.Root,
            $"POST /api/v1/klanten HTTP/1.1\r\n{Host}{Authorization}{Json}Expect: 100-continue\r\nContent-Length: 1048577\r\n\r\n");
        answer.ShouldBeProblem(413, "request_entity_too_large");
    }

    [Fact]
    public async Task HSTS_is_for_consumers_that_use_TLS_only()
    {
        await using var program = await KlantenHost.StartAsync();
        using var answer = await program.Client.SendAsync("GET", "klanten");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
    }

    private static void Impatiently(IServiceCollection services) => services.PostConfigure<KestrelServerOptions>(
        kestrel => kestrel.Limits.MinRequestBodyDataRate = new(240, gracePeriod: TimeSpan.FromSeconds(1.1)));

    private static string Chunked(string chunks, string headers = "") =>
        $"POST /api/v1/klanten HTTP/1.1\r\n{Host}{Authorization}{Json}{headers}Transfer-Encoding: chunked\r\n\r\n{chunks}";

    private static string WithKlant(string start)
    {
        var klant = Bodies.NumberedKlant().ToJsonString();
        var length = Encoding.UTF8.GetByteCount(klant).ToString(CultureInfo.InvariantCulture);
        return $"{start}{Authorization}{Json}Content-Length: {length}\r\n\r\n{klant}";
    }
}
