using System.Text.RegularExpressions;
using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>The pages below /ref/, which the <c>type</c> of an error leads to: for people, without a token.</summary>
public abstract partial class ReferencePages(KlantenApi api) : Chapter(api)
{
    [Fact]
    public async Task The_type_of_an_error_leads_to_its_page()
    {
        var problem = (await Api.Showing(null).Get("/klanten")).ShouldBeProblem(403, "permission_denied");
        var page = await PageAsync(new Uri(problem.Body.Text("type")).PathAndQuery);
        Assert.Contains("<h1>403: geen toegang</h1>", page.Text, StringComparison.Ordinal);
        Assert.Contains("<code>jwt-expired</code>", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ref/fouten/", "Fouten")]
    [InlineData("/ref/scopes/", "Scopes")]
    [InlineData("/ref/kanalen/", "Kanalen")]
    [InlineData("/ref/fouten/?taal=en", "Errors")]
    [InlineData("/ref/scopes/?taal=en", "Scopes")]
    [InlineData("/ref/kanalen/?taal=en", "Channels")]
    [InlineData("/ref/scopes/?taal=fr", "Scopes")]
    public async Task There_are_pages_about_errors_scopes_and_kanalen(string path, string heading)
    {
        var page = await PageAsync(path);
        Assert.Contains($"<h1>{heading}</h1>", page.Text, StringComparison.Ordinal);
        var language = path.EndsWith("=en", StringComparison.Ordinal) ? "en" : "nl";
        Assert.Contains($"<html lang=\"{language}\">", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/ref/fouten/")]
    [InlineData("/ref/fouten/?taal=en")]
    [InlineData("/ref/fouten/NotFound/")]
    [InlineData("/ref/scopes/")]
    public async Task Every_link_of_a_page_works_and_none_leads_to_another_host(string path)
    {
        var page = await PageAsync(path);
        var links = Link().Matches(page.Text).Select(link => link.Groups[1].Value).Distinct().ToArray();
        Assert.NotEmpty(links);
        foreach (var link in links)
        {
            var target = new Uri(new Uri(Api.Root + path), link);
            Assert.Equal(new Uri(Api.Root).Authority, target.Authority);
            Assert.Equal(200, (await GetAsync(target.PathAndQuery)).Status);
        }
        Assert.DoesNotContain("<script", page.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/ref/fouten", "fouten/")]
    [InlineData("/ref/fouten/NotFound", "NotFound/")]
    [InlineData("/ref/scopes?taal=en", "scopes/?taal=en")]
    public async Task Without_its_slash_a_page_is_elsewhere(string path, string location)
    {
        var answer = await GetAsync(path);
        Assert.Equal((301, location), (answer.Status, answer["Location"]));
    }

    [Theory]
    [InlineData("/ref/fouten/Onbekend/")]
    [InlineData("/ref/fouten/notfound/")]
    [InlineData("/ref/fouten/%2E%2E/")]
    [InlineData("/ref/fouten/..%2Fscopes/")]
    [InlineData("/ref/fouten/NotFound//")]
    [InlineData("/ref/Scopes/")]
    [InlineData("/ref/")]
    public async Task No_other_page_exists(string path)
    {
        var answer = await GetAsync(path);
        answer.ShouldBeProblem(404, "not_found");
    }

    [Fact]
    public async Task HEAD_answers_with_the_headers_of_GET_and_nothing_is_written()
    {
        var (get, head) = (await GetAsync("/ref/scopes/"), await RawHttp.SendAsync(Api.Root, "HEAD", "/ref/scopes/"));
        Assert.Equal((200, get["Content-Type"]), (head.Status, head["Content-Type"]));
        (await RawHttp.SendAsync(Api.Root, "POST", "/ref/scopes/", [])).ShouldBeProblem(405, "method_not_allowed");
    }

    private async Task<Answer> PageAsync(string path)
    {
        var page = await GetAsync(path);
        Assert.Equal((200, "text/html; charset=utf-8"), (page.Status, page["Content-Type"]));
        Assert.StartsWith("default-src 'none'", page["Content-Security-Policy"], StringComparison.Ordinal);
        return page;
    }

    private Task<Answer> GetAsync(string target) => RawHttp.SendAsync(Api.Root, "GET", target);

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Link();
}
