using System.Reflection;
using System.Text.RegularExpressions;
using Klanten.Tests.Conformance;
using Klanten.Tests.Support;

namespace Klanten.Tests.Docs;

/// <summary>docs/cookbook.md says what <see cref="Cookbook"/> tests, and its requests have the answers that it tells of.</summary>
public sealed partial class CookbookPageTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "cookbook.md"));

    [Fact]
    public async Task The_requests_of_the_page_have_the_answers_that_their_titles_tell_of()
    {
        await using var host = await KlantenHost.StartAsync();
        var requests = string.Concat(Requests().Matches(Page).Select(block => $"\n{block.Groups[1].Value}"));
        var variables = new Dictionary<string, string>
        {
            ["api"] = $"{host.Root}/api/v1",
            ["token"] = Token.Of(Applications.Super).ToString(),
        };
        var titles = new List<string>();
        using var client = new HttpClient();
        await foreach (var (title, answer) in new HttpFile(requests, variables).RunAsync(client))
        {
            titles.Add(title);
            var told = Told().Match(title);
            Assert.Equal(told.Groups[1].Value, $"{(int)answer.StatusCode}");
            var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            if (told.Groups[2].Success) Assert.Contains($"\"count\":{told.Groups[2].Value},", body, StringComparison.Ordinal);
        }
        Assert.Equal(8, titles.Count);
    }

    [Fact]
    public void Each_row_is_a_test_and_each_test_a_row()
    {
        var rows = TestOfRow().Matches(Page).Select(row => row.Groups[1].Value).Order();
        var tests = typeof(Cookbook).GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null);
        Assert.Equal(tests.Select(test => test.Name).Order(), rows);
    }

    [GeneratedRegex(@"^\| .* \| `([A-Za-z0-9_]+)` \|$", RegexOptions.Multiline)]
    private static partial Regex TestOfRow();

    [GeneratedRegex("^```http\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Requests();

    [GeneratedRegex(@": (\d\d\d)(?: with count (\d))?")]
    private static partial Regex Told();
}
