using System.Text.RegularExpressions;
using Klanten.Tests.Support;

namespace Klanten.Tests.Docs;

/// <summary>docs/getting-started.md works as it stands there, but for the address.</summary>
public sealed partial class GettingStartedTests
{
    [Fact]
    public async Task Each_curl_of_the_page_answers_what_the_page_says()
    {
        await using var host = await KlantenHost.StartAsync();
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "getting-started.md"), TestContext.Current.CancellationToken);
        var answers = new List<string>();
        foreach (Match command in Curl().Matches(page))
        {
            var here = command.Value.Replace("http://127.0.0.1:7071", host.Root, StringComparison.Ordinal);
            answers.Add(await ShellAsync(here, Token.Of(Applications.Super).ToString()));
        }

        Assert.Equal(3, answers.Count);
        Assert.Contains(answers[0], page, StringComparison.Ordinal);
        Assert.Contains("\"klantnummer\":\"", answers[1], StringComparison.Ordinal);
        Assert.Contains("\"count\":1,", answers[2], StringComparison.Ordinal);
    }

    private static async Task<string> ShellAsync(string command, string token)
    {
        var environment = new Dictionary<string, string?> { ["KLANTEN_TOKEN"] = token };
        var (exitCode, output) = await ChildProcess.RunAsync("bash", ["-c", command], Repository.Root, environment);
        Assert.Equal(0, exitCode);
        return output.Trim();
    }

    [GeneratedRegex("^curl (?:.*\\\\\\n)*.*(?:\\n +.*)*", RegexOptions.Multiline)]
    private static partial Regex Curl();
}
