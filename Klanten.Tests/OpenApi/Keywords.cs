using System.Text.Json.Nodes;
using Klanten.Core.Fields;

namespace Klanten.Tests.OpenApi;

/// <summary>The keywords of one schema: what the program requires of a value, in the keywords of OpenAPI.</summary>
internal static class Keywords
{
    /// <summary>A schema; a keyword without a value is left out.</summary>
    public static JsonObject Of(params IEnumerable<(string Keyword, JsonNode? Value)> keywords) =>
        new(keywords.Where(keyword => keyword.Value is not null).Select(keyword => KeyValuePair.Create(keyword.Keyword, keyword.Value)));

    public static string? Format(Rule? rule) => InOpenApi(rule).Format;

    public static string? Pattern(Rule? rule) => InOpenApi(rule).Pattern;

    /// <summary>Names each difference, a sentence each; a description is no difference.</summary>
    /// <param name="field">What a sentence calls the field.</param>
    /// <param name="source">What a sentence calls the side of the program.</param>
    /// <param name="program">What the program requires.</param>
    /// <param name="document">What the document describes.</param>
    public static IEnumerable<string> Differences(string field, string source, JsonObject program, JsonObject document)
    {
        var (left, right) = (Flatten(program), Flatten(document));
        foreach (var keyword in left.Keys.Union(right.Keys).Where(keyword => keyword != "description"))
        {
            var (expected, actual) = (left.GetValueOrDefault(keyword), right.GetValueOrDefault(keyword));
            if (keyword == "enum" && expected is JsonArray here && actual is JsonArray there)
            {
                foreach (var value in Missing(here, there))
                    yield return $"{field}: the value {value} is in {source} and not in openapi.yaml.";
                foreach (var value in Missing(there, here))
                    yield return $"{field}: the value {value} is in openapi.yaml and not in {source}.";
            }
            else if (actual is null)
                yield return $"{field}: {keyword} is {Show(expected)} in {source} and openapi.yaml has none.";
            else if (expected is null)
                yield return $"{field}: {keyword} is {Show(actual)} in openapi.yaml and {source} has none.";
            else if (!JsonNode.DeepEquals(expected, actual))
                yield return $"{field}: {keyword} is {Show(expected)} in {source} and {Show(actual)} in openapi.yaml.";
        }
    }

    /// <summary>What OpenAPI has words for in the rules of a text. It has none for the elfproef.</summary>
    private static (string? Format, string? Pattern) InOpenApi(Rule? rule)
    {
        if (rule is null || rule == Rules.Elfproef) return default;
        if (rule == Rules.WebUrl) return ("uri", null);
        if (rule == Rules.Email) return ("email", null);
        // A field without a value is shown as "".
        if (rule == Rules.ANummer) return (null, "^([1-9][0-9]{9})?$");
        throw new NotSupportedException($"The test must be told how OpenAPI says the rule {rule.Method.Name}.");
    }

    /// <summary>The keywords of the items of a list as keywords of their own, such as items/maxLength.</summary>
    private static Dictionary<string, JsonNode?> Flatten(JsonObject schema) => schema
        .SelectMany(entry => entry is { Key: "items", Value: JsonObject items }
            ? Flatten(items).Select(item => KeyValuePair.Create($"items/{item.Key}", item.Value))
            : [entry])
        .ToDictionary();

    private static IEnumerable<string> Missing(JsonArray from, JsonArray within) =>
        from.Select(value => value!.ToString()).Except(within.Select(value => value!.ToString()));

    private static string Show(JsonNode? value) => value is JsonArray or JsonObject ? value.ToJsonString() : value!.ToString();
}
