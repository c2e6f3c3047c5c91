using System.Text.RegularExpressions;
using Klanten.Tests.Support;

namespace Klanten.Tests.Docs;

/// <summary>docs/tested-commands.md says of each documented command how it is tested.</summary>
public sealed partial class TestedCommandsPageTests
{
    private static readonly string[] Known =
        [.. Row().Matches(File.ReadAllText(Repository.PathOf("docs", "tested-commands.md"))).Select(row => row.Groups[1].Value)];

    private static readonly string[] Documented =
    [
        .. from page in Pages()
           from Match block in ShellBlock().Matches(File.ReadAllText(page))
           from line in Continued().Replace(block.Groups[1].Value, " ").Split('\n')
           where line.Length > 0
           select line,
    ];

    [Fact]
    public void Each_command_of_a_page_is_in_the_table() =>
        Assert.Equal([], Documented.Where(command => !Known.Any(row => command.StartsWith(row, StringComparison.Ordinal))));

    [Fact]
    public void Each_row_is_a_command_of_a_page() =>
        Assert.Equal([], Known.Where(row => !Documented.Any(command => command.StartsWith(row, StringComparison.Ordinal))));

    [Fact]
    public void Each_class_of_tests_that_the_table_names_exists()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "tested-commands.md"));
        var named = TestClass().Matches(page).Select(name => name.Groups[1].Value);
        Assert.Equal([], named.Except(typeof(TestedCommandsPageTests).Assembly.GetTypes().Select(type => type.Name)));
    }

    private static IEnumerable<string> Pages() =>
    [
        .. Directory.GetFiles(Repository.Root, "*.md"),
        .. Directory.GetFiles(Repository.PathOf("docs"), "*.md"),
    ];

    [GeneratedRegex(@"^\| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("^```sh\\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlock();

    /// <summary>A command goes on after a backslash, and within a text between quotes.</summary>
    [GeneratedRegex(@"\\\n\s*|\n\s+")]
    private static partial Regex Continued();

    [GeneratedRegex("`([A-Z][A-Za-z]+Tests)[.`]")]
    private static partial Regex TestClass();
}
