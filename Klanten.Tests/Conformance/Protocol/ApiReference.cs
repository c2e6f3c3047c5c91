using System.IO.Compression;
using System.Text.RegularExpressions;
using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>The reference of the API for people, at the address where the reference implementation has it.</summary>
public abstract partial class ApiReference(KlantenApi api) : Chapter(api)
{
    [Fact]
    public async Task It_is_a_page_that_asks_nothing_of_another_host()
    {
        var page = await GetAsync("/api/v1/schema/");
        Assert.Equal((200, "text/html; charset=utf-8"), (page.Status, page["Content-Type"]));
        Assert.Contains("connect-src 'self'", page["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", page["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.DoesNotContain("://", page.Text, StringComparison.Ordinal);
        foreach (Match link in Link().Matches(page.Text))
        {
            Assert.Equal(200, (await GetAsync($"/api/v1/schema/{link.Groups[1].Value}")).Status);
        }
    }

    [Fact]
    public async Task In_production_it_has_no_token() =>
        Assert.Contains("data-token=\"\"", (await GetAsync("/api/v1/schema/")).Text, StringComparison.Ordinal);

    [Fact]
    public async Task Without_its_slash_it_is_elsewhere()
    {
        var answer = await GetAsync("/api/v1/schema");
        Assert.Equal((301, "schema/"), (answer.Status, answer["Location"]));
    }

    [Fact]
    public async Task Its_script_is_compressed_for_a_browser_that_takes_that_and_the_same_for_another()
    {
        using var http = new HttpClient();
        var plain = await http.GetByteArrayAsync($"{Api.Base}/schema/scalar.js", TestContext.Current.CancellationToken);
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip, deflate, br");
        using var answer = await http.GetAsync($"{Api.Base}/schema/scalar.js", TestContext.Current.CancellationToken);
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        await using var compressed = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using var unpacked = new GZipStream(compressed, CompressionMode.Decompress);
        var buffer = new MemoryStream();
        await unpacked.CopyToAsync(buffer, TestContext.Current.CancellationToken);
        Assert.Equal(plain, buffer.ToArray());
    }

    [Theory]
    [InlineData("/api/v1/schema/")]
    [InlineData("/api/v1/schema/scalar.js")]
    [InlineData("/api/v1/schema/naslag.js")]
    public async Task It_is_only_read(string path)
    {
        var (get, head) = (await GetAsync(path), await RawHttp.SendAsync(Api.Root, "HEAD", path));
        Assert.Equal((200, get["Content-Type"]), (head.Status, head["Content-Type"]));
        (await RawHttp.SendAsync(Api.Root, "POST", path, [])).ShouldBeProblem(405, "method_not_allowed");
    }

    [Theory]
    [InlineData("/api/v1/schema//")]
    [InlineData("/api/v1/Schema/")]
    [InlineData("/api/v1/schema/scalar.js/")]
    [InlineData("/api/v1/schema/page.html")]
    public async Task It_is_at_no_other_address(string path) => (await GetAsync(path)).ShouldBeProblem(404, "not_found");

    private Task<Answer> GetAsync(string target) => RawHttp.SendAsync(Api.Root, "GET", target);

    [GeneratedRegex("(?:href|src)=\"([^\"]*)\"")]
    private static partial Regex Link();
}
