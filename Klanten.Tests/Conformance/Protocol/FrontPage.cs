using System.Text.RegularExpressions;
using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>The page at the root of the program, which in production tells a stranger its name, its version and where all is.</summary>
public abstract partial class FrontPage(KlantenApi api) : Chapter(api)
{
    [Theory]
    [InlineData("/", "nl")]
    [InlineData("/index.html", "nl")]
    [InlineData("/?taal=en", "en")]
    [InlineData("/index.html?taal=en", "en")]
    public async Task It_is_at_the_root_in_both_languages(string path, string language)
    {
        var page = await PageAsync(path);
        Assert.Contains($"<html lang=\"{language}\">", page.Text, StringComparison.Ordinal);
        Assert.Contains("<h1>Klanten API</h1>", page.Text, StringComparison.Ordinal);
        Assert.Matches(@"Klanten \d+\.\d+\.\d+", page.Text);
    }

    [Fact]
    public async Task In_production_it_shows_no_count_no_health_and_no_token()
    {
        await AKlant();
        var page = await PageAsync("/");
        foreach (var hidden in (string[])["Bronorganisaties", "outbox", "SQLite", "Cosmos", "Token", "<script", Rsin])
        {
            Assert.DoesNotContain(hidden, page.Text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/?taal=en")]
    [InlineData("/index.html")]
    public async Task Every_link_of_it_works_and_none_leads_to_another_host(string path)
    {
        // The health of a store that was not used yet may take longer than a probe waits.
        await AKlant();
        var page = await PageAsync(path);
        var links = Link().Matches(page.Text).Select(link => link.Groups[1].Value).Distinct().ToArray();
        Assert.True(links.Length > 6);
        foreach (var link in links)
        {
            var target = new Uri(new Uri(Api.Root + path), link);
            Assert.Equal(new Uri(Api.Root).Authority, target.Authority);
            Assert.Equal(200, (await GetAsync(target.PathAndQuery)).Status);
        }
    }

    [Theory]
    [InlineData("/index.html/")]
    [InlineData("/Index.html")]
    [InlineData("/index")]
    public async Task It_is_at_no_other_address(string path) => (await GetAsync(path)).ShouldBeProblem(404, "not_found");

    [Theory]
    [InlineData("/")]
    [InlineData("/index.html")]
    public async Task It_is_only_read(string path)
    {
        var (get, head) = (await GetAsync(path), await RawHttp.SendAsync(Api.Root, "HEAD", path));
        Assert.Equal((200, get["Content-Type"]), (head.Status, head["Content-Type"]));
        (await RawHttp.SendAsync(Api.Root, "POST", path, [])).ShouldBeProblem(405, "method_not_allowed");
    }

    private async Task<Answer> PageAsync(string path)
    {
        var page = await GetAsync(path);
        Assert.Equal((200, "text/html; charset=utf-8", "no-store"), (page.Status, page["Content-Type"], page["Cache-Control"]));
        var policy = page["Content-Security-Policy"]!;
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        return page;
    }

    private Task<Answer> GetAsync(string target) => RawHttp.SendAsync(Api.Root, "GET", target);

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Link();
}
