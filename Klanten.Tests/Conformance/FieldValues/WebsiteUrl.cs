using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>websiteUrl: what the reference takes for a URL. It is never fetched.</summary>
public abstract class WebsiteUrl(KlantenApi api) : Chapter(api)
{
    private static readonly string Label = new('a', 63);

    public static TheoryData<string> LongHosts =>
    [$"http://{Label}.nl", $"http://a.{Label}.nl", $"http://example.{Label}", $"http://{Label}.{Label}.{Label}.{new string('a', 58)}.nl"];

    public static TheoryData<string> HostsTooLong =>
    [
        $"http://{Label}a.nl", $"http://a.{Label}a.nl", $"http://example.{Label}a",
        $"http://{Label}.{Label}.{Label}.{new string('a', 59)}.nl",
    ];

    [Theory]
    [InlineData("http://example.com")]
    [InlineData("https://example.com/")]
    [InlineData("ftp://example.com")]
    [InlineData("ftps://example.com/x")]
    [InlineData("HTTP://EXAMPLE.COM/Pad")]
    [InlineData("http://localhost")]
    [InlineData("http://LOCALHOST:8000/x")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://0.0.0.0")]
    [InlineData("http://255.255.255.255:80")]
    [InlineData("http://[::1]")]
    [InlineData("http://[::1]:8080/x")]
    [InlineData("http://[2001:db8::1]/")]
    [InlineData("http://[::ffff:127.0.0.1]")]
    [InlineData("https://example.com:8080/p?q=1#f")]
    [InlineData("http://example.com?q=1")]
    [InlineData("http://example.com#f")]
    [InlineData("http://example.com:99999")]
    [InlineData("http://example.com:80")]
    [InlineData("http://example.com.")]
    [InlineData("http://example.com./x")]
    [InlineData("http://user:pw@example.com/")]
    [InlineData("http://user@example.com")]
    [InlineData("http://user:@example.com")]
    [InlineData("http://a.b.c.example.museum")]
    [InlineData("http://a-b.nl")]
    [InlineData("http://a--b.nl")]
    [InlineData("http://1.nl")]
    [InlineData("http://example.co-m")]
    [InlineData("http://xn--mnchen-3ya.de")]
    [InlineData("http://example.xn--p1ai")]
    [InlineData("http://münchen.de/straße")]
    [InlineData("http://例え.テスト")]
    [InlineData("http://example.com/<>")]
    [InlineData("http://example.com/%zz\\")]
    [InlineData("http://example.com//a//b")]
    public async Task A_url_is_kept_as_it_was_sent(string url) =>
        await Post(url).ShouldShow("websiteUrl", url);

    [Theory]
    [MemberData(nameof(LongHosts))]
    public async Task A_label_of_63_characters_and_a_host_of_253_are_allowed(string url) =>
        await Post(url).ShouldShow("websiteUrl", url);

    [Theory]
    [InlineData("x")]
    [InlineData("example.com")]
    [InlineData("www.example.com")]
    [InlineData("//example.com")]
    [InlineData("http:/example.com")]
    [InlineData("http:example.com")]
    [InlineData("http://")]
    [InlineData("http:///x")]
    [InlineData("http://?")]
    [InlineData("http://#")]
    [InlineData("http://.")]
    [InlineData("://example.com")]
    [InlineData("gopher://example.com")]
    [InlineData("ws://example.com")]
    [InlineData("file:///etc/passwd")]
    [InlineData("mailto:a@b.nl")]
    [InlineData("javascript:alert(1)")]
    [InlineData("http://example")]
    [InlineData("http://example.c")]
    [InlineData("http://example.123")]
    [InlineData("http://example.c0m")]
    [InlineData("http://1.2.3")]
    [InlineData("http://999.999.999.999")]
    [InlineData("http://1.2.3.4.5")]
    [InlineData("http://127.0.0.1.")]
    [InlineData("http://.com")]
    [InlineData("http://.example.com")]
    [InlineData("http://example..com")]
    [InlineData("http://example.com..")]
    [InlineData("http://a_b.nl")]
    [InlineData("http://-a.nl")]
    [InlineData("http://a-.nl")]
    [InlineData("http://a.-b.nl")]
    [InlineData("http://a.b-.nl")]
    [InlineData("http://example.-com")]
    [InlineData("http://example.com-")]
    [InlineData("http://example.com:")]
    [InlineData("http://example.com:8")]
    [InlineData("http://example.com:123456")]
    [InlineData("http://example.com:abc")]
    [InlineData("http://exa mple.com")]
    [InlineData("http://example.com/a b")]
    [InlineData("http://example.com\n/x")]
    [InlineData("http://example.com/a\tb")]
    [InlineData("http://[::1")]
    [InlineData("http://::1")]
    [InlineData("http://[]")]
    [InlineData("http://[1]")]
    [InlineData("http://[::1::2]")]
    [InlineData("http://[fe80::1%eth0]")]
    [InlineData("http://foo@")]
    public async Task Anything_else_is_no_url(string text) =>
        await Post(text).ShouldRefuse("websiteUrl", "invalid");

    [Theory]
    [MemberData(nameof(HostsTooLong))]
    public async Task A_longer_label_or_host_is_not_allowed(string url) =>
        await Post(url).ShouldRefuse("websiteUrl", "invalid");

    [Theory]
    [InlineData("''", "blank")]
    [InlineData("' \\n'", "blank")]
    [InlineData("null", "null")]
    [InlineData("5", "invalid")]
    [InlineData("true", "invalid")]
    [InlineData("[]", "invalid")]
    [InlineData("{}", "invalid")]
    public async Task A_url_is_a_text_that_is_not_empty(string json, string code) =>
        await Consumer.Post(NatuurlijkPersoon.With("websiteUrl", Json.Of(json))).ShouldRefuse("websiteUrl", code);

    [Fact]
    public async Task A_url_is_trimmed() => await Post(" \t http://example.com \n").ShouldShow("websiteUrl", "http://example.com");

    [Fact]
    public async Task A_url_has_at_most_1000_characters()
    {
        await Post("http://example.com/".PadRight(1000, 'x')).ShouldShow("websiteUrl", "http://example.com/".PadRight(1000, 'x'));
        await Post("http://example.com/".PadRight(1001, 'x')).ShouldRefuse("websiteUrl", "max_length");
        await Post(new string('x', 1001)).ShouldRefuse("websiteUrl", "max_length", "invalid");
    }

    [Fact]
    public async Task A_website_is_not_fetched()
    {
        var url = Subjects.Answering("404");
        await Post(url).ShouldShow("websiteUrl", url);
        Assert.Empty(Subjects.FetchesOf(url));
    }

    private Task<Answer> Post(string url) => Consumer.Post(NatuurlijkPersoon.With("websiteUrl", url));
}
