using System.Text.RegularExpressions;

namespace Klanten.Tests.Support;

/// <summary>
/// In which language a program speaks, by words that only one of the two has. What is quoted, and addresses and keys, are of no language.
/// </summary>
internal static partial class Spoken
{
    private static readonly HashSet<string> Dutch = Words(
        "aan al alle als bij dan dat daar dit door dus een eerst en er geen gaf het hij hoort iets kan kon maar mag meer moet naar "
        + "naast niet nog om omdat ook op staat te tot uit van voor want wat wordt worden zij zijn zonder heeft hebben bestaat");

    private static readonly HashSet<string> English = Words(
        "a after all already an and another any are at be because been before but by cannot could does each else for from had has have "
        + "if it its may must no not nothing on one or other out so such than that the their then there these they this to too "
        + "until were when where whether which while will with would");

    /// <summary>Fails when there is an English word in it.</summary>
    public static string AssertDutch(string output) => AssertHasNo(English, output);

    /// <summary>Fails when there is a Dutch word in it.</summary>
    public static string AssertEnglish(string output) => AssertHasNo(Dutch, output);

    private static string AssertHasNo(HashSet<string> words, string output)
    {
        var found = Word().Matches(NoLanguage().Replace(output, " ")).Select(match => match.Value.ToLowerInvariant()).Where(words.Contains);
        Assert.True(!found.Any(), $"These words are of the other language: {string.Join(", ", found.Distinct())}\n{output}");
        return output;
    }

    private static HashSet<string> Words(string words) => [.. words.Split(' ')];

    /// <summary>Between double quotes, or with a slash, a backslash, an underscore, a digit or a colon inside, or an option.</summary>
    [GeneratedRegex("""
        "[^"]*"|\S*[/\\_0-9]\S*|\w+:\w\S*|--\w+
        """)]
    private static partial Regex NoLanguage();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();
}
