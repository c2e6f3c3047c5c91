using System.Reflection;
using System.Text.RegularExpressions;
using Klanten.Tests.Support;

namespace Klanten.Tests.Docs;

/// <summary>docs/reliability.md names a test for each case; a test that was renamed or removed must not stay on the page.</summary>
public sealed partial class ReliabilityPageTests
{
    [Fact]
    public void Every_test_that_the_page_names_exists()
    {
        var page = File.ReadAllText(Repository.PathOf("docs", "reliability.md"));
        var named = TestName().Matches(page).Select(match => match.Groups[1].Value).Distinct().ToArray();
        Assert.NotEmpty(named);
        Assert.Equal([], named.Except(Tests()));
    }

    private static IEnumerable<string> Tests() =>
        from type in typeof(ReliabilityPageTests).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        where method.IsDefined(typeof(FactAttribute))
        select $"{type.Name}.{method.Name}";

    [GeneratedRegex("`([A-Za-z]+\\.[A-Z][A-Za-z0-9]*_[A-Za-z0-9_]+)`")]
    private static partial Regex TestName();
}
