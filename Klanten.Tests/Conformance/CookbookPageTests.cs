using System.Reflection;
using System.Text.RegularExpressions;
using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>docs/cookbook.md says what <see cref="Cookbook"/> tests, and nothing else.</summary>
public sealed partial class CookbookPageTests
{
    [Fact]
    public void Each_row_is_a_test_and_each_test_a_row()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "cookbook.md"));
        var rows = TestOfRow().Matches(page).Select(row => row.Groups[1].Value).Order();
        var tests = typeof(Cookbook).GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null);
        Assert.Equal(tests.Select(test => test.Name).Order(), rows);
    }

    [GeneratedRegex(@"^\| .* \| `([A-Za-z0-9_]+)` \|$", RegexOptions.Multiline)]
    private static partial Regex TestOfRow();
}
