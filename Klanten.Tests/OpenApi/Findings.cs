namespace Klanten.Tests.OpenApi;

/// <summary>Asserts that there is nothing to report.</summary>
internal static class Findings
{
    /// <summary>Shows every sentence in full, which Assert.Empty does not.</summary>
    public static void AssertNone(IEnumerable<string> sentences)
    {
        var lines = string.Join('\n', sentences);
        if (lines.Length > 0) Assert.Fail(lines);
    }
}
