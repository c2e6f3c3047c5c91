using Klanten.Tests.Support;

namespace Klanten.Tests.Http;

/// <summary>
/// Proxies that end TLS in front of Kestrel, and tell in X-Forwarded-* which address was asked. The tests are such a proxy.
/// </summary>
public sealed class ProxiesTests
{
    private const string Gateway = "https://klanten.gemeente.example";
    private const string Nlx = "https://nlx.example/gemeente/klanten";

    private static readonly (string, string)[] OfNlx =
        [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "nlx.example"), ("X-Forwarded-Prefix", "/gemeente/klanten")];

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.0/8")]
    [InlineData("0.0.0.0/0")]
    public async Task What_a_known_proxy_says_is_the_address_that_was_asked(string proxy)
    {
        await using var program = await StartAsync(Gateway, Nlx, proxy);
        Assert.Equal($"{Nlx}/api/v1/klanten", await RootAsync(program, OfNlx));
        Assert.Equal(
            $"{Gateway}/api/v1/klanten",
            await RootAsync(program, ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "klanten.gemeente.example")));
    }

    [Theory]
    [InlineData("10.0.0.4")]
    [InlineData("127.0.0.2")]
    [InlineData("128.0.0.0/1")]
    [InlineData("::1")]
    [InlineData(null)]
    public async Task What_another_proxy_says_does_not_count(string? proxy)
    {
        await using var program = await StartAsync(Gateway, Nlx, proxy);
        Assert.Equal($"{Gateway}/api/v1/klanten", await RootAsync(program, OfNlx));
    }

    [Theory]
    [InlineData("X-Forwarded-Prefix", "/gemeente/klanten/")]
    [InlineData("X-Forwarded-Host", "NLX.EXAMPLE:443")]
    [InlineData("X-Forwarded-Proto", "HTTPS")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    public async Task The_address_may_be_spelled_otherwise(string header, string value)
    {
        await using var program = await StartAsync(Gateway, Nlx, "127.0.0.1");
        Assert.Equal($"{Nlx}/api/v1/klanten", await RootAsync(program, With(header, value)));
    }

    [Theory]
    [InlineData("X-Forwarded-Host", "evil.example")]
    [InlineData("X-Forwarded-Host", "nlx.example:8443")]
    [InlineData("X-Forwarded-Host", "a b")]
    [InlineData("X-Forwarded-Proto", "http")]
    [InlineData("X-Forwarded-Proto", "ftp")]
    [InlineData("X-Forwarded-Prefix", "/gemeente/Klanten")]
    [InlineData("X-Forwarded-Prefix", "/")]
    [InlineData("X-Forwarded-Prefix", "gemeente/klanten")]
    [InlineData("X-Forwarded-Prefix", "/%")]
    [InlineData("X-Forwarded-Prefix", "//evil.example")]
    [InlineData("X-Forwarded-Prefix", "/%ff%00")]
    public async Task An_address_that_is_not_listed_is_not_told(string header, string value)
    {
        await using var program = await StartAsync(Gateway, Nlx, "127.0.0.1");
        Assert.Equal($"{Gateway}/api/v1/klanten", await RootAsync(program, With(header, value)));
    }

    [Fact]
    public async Task Of_several_hops_the_first_that_is_known_tells_the_address()
    {
        await using var program = await StartAsync(Gateway, Nlx, "127.0.0.1", "10.0.0.4");
        // The consumer claims the first of each list, 10.0.0.4 added the second, and 127.0.0.1 the third.
        Assert.Equal($"{Nlx}/api/v1/klanten", await RootAsync(
            program,
            ("X-Forwarded-For", "192.0.2.1, 203.0.113.7, 10.0.0.4"),
            ("X-Forwarded-Host", "klanten.gemeente.example, nlx.example, intern.example"),
            ("X-Forwarded-Proto", "http, https, http"),
            ("X-Forwarded-Prefix", "/x, /gemeente/klanten, /y")));
    }

    [Fact]
    public async Task Without_a_list_every_address_that_a_known_proxy_says_is_told()
    {
        await using var program = await StartAsync(null, null, "127.0.0.1");
        Assert.Equal($"{Nlx}/api/v1/klanten", await RootAsync(program, OfNlx));
        Assert.Equal($"{program.Root}/api/v1/klanten", await RootAsync(program));
    }

    [Theory]
    [InlineData("X-Forwarded-Host", "a b")]
    [InlineData("X-Forwarded-Host", "")]
    [InlineData("X-Forwarded-Host", "evil.example/x")]
    [InlineData("X-Forwarded-Host", "xn--")]
    [InlineData("X-Forwarded-Host", "xn--.evil.example")]
    [InlineData("X-Forwarded-Host", "evil.example, xn--999999999b")]
    [InlineData("X-Forwarded-Host", "evil.example:99999")]
    [InlineData("X-Forwarded-Proto", "evil")]
    public async Task What_makes_no_URL_is_not_told(string header, string value)
    {
        await using var program = await StartAsync(null, null, "127.0.0.1");
        var answer = await SendAsync(program, (header, value));
        Assert.True(answer.Status is 200 or 400, answer.ToString());
        Assert.DoesNotContain("evil", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_single_address_of_before_is_the_first()
    {
        await using var program = await KlantenHost.StartAsync(new Dictionary<string, string?>
        {
            ["Klanten:PubliekeUrl"] = Gateway,
            ["Klanten:PubliekeUrls:0"] = Nlx,
            ["Klanten:Proxies:0"] = "127.0.0.1",
        });
        Assert.Equal($"{Nlx}/api/v1/klanten", await RootAsync(program, OfNlx));
        Assert.Equal($"{Gateway}/api/v1/klanten", await RootAsync(program));
    }

    [Fact]
    public async Task A_single_address_is_told_whatever_was_asked()
    {
        await using var program = await StartAsync(Gateway, null, "127.0.0.1");
        Assert.Equal($"{Gateway}/api/v1/klanten", await RootAsync(program, OfNlx));
    }

    [Fact]
    public async Task TLS_is_demanded_at_an_address_that_has_it()
    {
        await using var program = await StartAsync("http://intern.example", Nlx, "127.0.0.1");
        Assert.NotNull((await SendAsync(program, OfNlx))["Strict-Transport-Security"]);
        Assert.Null((await SendAsync(program))["Strict-Transport-Security"]);
    }

    [Fact]
    public async Task An_internationalised_name_is_asked_in_ASCII()
    {
        await using var program = await StartAsync(Gateway, "https://münster.example", "127.0.0.1");
        const string Ascii = "xn--mnster-3ya.example";
        (string, string)[] asked = [("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", Ascii)];
        Assert.Equal($"https://{Ascii}/api/v1/klanten", await RootAsync(program, asked));
        var created = await RawHttp.SendAsync(
            program.Root, "POST", "/api/v1/klanten", Json.Utf8(Bodies.NumberedKlant()),
            [.. asked, ("Authorization", $"Bearer {Token.Of(Applications.Super)}"), ("Content-Type", "application/json")]);
        Assert.StartsWith($"https://{Ascii}/api/v1/klanten/", created.ShouldBe(201)["Location"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_internationalised_name_is_told_in_ASCII_when_nothing_is_configured()
    {
        await using var program = await KlantenHost.StartAsync();
        var answer = await RawHttp.SendAsync(
            program.Root, "GET /api/v1/ HTTP/1.1\r\nHost: xn--mnster-3ya.example\r\nConnection: close\r\n\r\n");
        Assert.Equal("http://xn--mnster-3ya.example/api/v1/klanten", answer.ShouldBe(200).Body.Text("klanten"));
    }

    private static Task<KlantenHost> StartAsync(string? first, string? second, params string?[] proxies)
    {
        var settings = new Dictionary<string, string?>();
        if (first is not null) settings["Klanten:PubliekeUrls:0"] = first;
        if (second is not null) settings["Klanten:PubliekeUrls:1"] = second;
        foreach (var (i, proxy) in proxies.OfType<string>().Index()) settings[$"Klanten:Proxies:{i}"] = proxy;
        return KlantenHost.StartAsync(settings);
    }

    private static (string, string)[] With(string header, string value) =>
        [.. OfNlx.Where(pair => pair.Item1 != header), (header, value)];

    private static async Task<string> RootAsync(KlantenHost program, params (string, string)[] headers) =>
        (await SendAsync(program, headers)).ShouldBe(200).Body.Text("klanten");

    private static Task<Answer> SendAsync(KlantenHost program, params (string, string)[] headers) =>
        RawHttp.SendAsync(program.Root, "GET", "/api/v1/", null, headers);
}
