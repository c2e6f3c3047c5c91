using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Klanten.Tests.Support;

namespace Klanten.Tests.OpenApi;

/// <summary>A place where openapi.yaml differs from the standard on purpose, as docs/openapi.md has it with the reason.</summary>
/// <param name="Place">The keys that lead to it, from an operation or from the components.</param>
/// <param name="Standard">The value in the standard, as JSON; a dash for none, dots for any.</param>
/// <param name="Here">The value in openapi.yaml, in the same way.</param>
internal sealed partial record Correction(string Place, string Standard, string Here)
{
    private const string None = "–";
    private const string AnyValue = "…";

    /// <summary>The rows of the table under a heading of docs/openapi.md.</summary>
    public static IReadOnlyList<Correction> Under(string heading)
    {
        var lines = File.ReadAllLines(Repository.PathOf("docs", "openapi.md"));
        var section = lines.SkipWhile(line => line != $"## {heading}").Skip(1)
            .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal));
        return [.. section.Where(line => line.StartsWith("| `", StringComparison.Ordinal)).SelectMany(Read)];
    }

    /// <summary>Whether this is the correction that makes the difference.</summary>
    public bool Explains(Difference difference) =>
        difference.Place == Place && IsValue(Standard, difference.Left.Tree) && IsValue(Here, difference.Right.Tree);

    public override string ToString() => $"{Place}: {Standard} in the standard and {Here} in openapi.yaml";

    private static IEnumerable<Correction> Read(string row)
    {
        var cells = row.Split('|', StringSplitOptions.TrimEntries)[1..5].Select(cell => cell.Trim('`')).ToArray();
        Assert.True(cells[3].Length > 0, $"There must be a reason in {row}");
        return Expand(cells[0]).Select(place => new Correction(place, cells[1], cells[2]));
    }

    private static IEnumerable<string> Expand(string place)
    {
        var braces = Braces().Match(place);
        return braces.Success
            ? braces.Groups[1].Value.Split(',').SelectMany(choice => Expand(Braces().Replace(place, choice, 1)))
            : [place];
    }

    private static bool IsValue(string cell, JsonNode? value) => cell switch
    {
        None => value is null,
        AnyValue => value is not null,
        _ => JsonNode.DeepEquals(JsonNode.Parse(cell), value),
    };

    [GeneratedRegex(@"\{([^}]*)\}")]
    private static partial Regex Braces();
}
