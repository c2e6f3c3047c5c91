using System.Text.RegularExpressions;
using Klanten.Tests.Support;

namespace Klanten.Tests.Docs;

/// <summary>Both READMEs tell the same, each in its own language.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string English = File.ReadAllText(Repository.PathOf("README.md"));
    private static readonly string Dutch = File.ReadAllText(Repository.PathOf("README.nl.md"));

    [Fact]
    public void They_have_the_same_commands_and_keys_in_the_same_order()
    {
        Assert.True(Codes(English).Count() > 40);
        Assert.Equal(Codes(English), Codes(Dutch));
    }

    [Fact]
    public void They_have_tables_of_the_same_length() =>
        Assert.Equal(Rows(English, "## What differs"), Rows(Dutch, "## Wat anders"));

    [Fact]
    public void They_lead_to_each_other()
    {
        Assert.Contains("(README.nl.md)", English, StringComparison.Ordinal);
        Assert.Contains("(README.md)", Dutch, StringComparison.Ordinal);
    }

    /// <summary>The codes at the begin of rows: commands and keys.</summary>
    private static IEnumerable<string> Codes(string page) => CodeOfRow().Matches(page)
        .Select(row => row.Groups[1].Value).TakeWhile(code => code != "If-Match");

    private static int Rows(string page, string heading) =>
        page[page.IndexOf(heading, StringComparison.Ordinal)..].Split('\n').Count(line => line.StartsWith('|'));

    [GeneratedRegex("^\\| `([^`]+)`", RegexOptions.Multiline)]
    private static partial Regex CodeOfRow();
}
