using System.Text.Json.Nodes;

namespace Klanten.Tests.OpenApi;

/// <summary>Names each place where two documents differ, a sentence each.</summary>
internal static class Differences
{
    private static readonly HashSet<string> TextKeys = ["title", "description", "summary"];

    /// <summary>Everything, texts for people included.</summary>
    public static IEnumerable<string> InAll(Named left, Named right) => Between(left, right, "#");

    /// <summary>Everything but texts for people.</summary>
    public static IEnumerable<string> InStructure(Named left, Named right) =>
        Between(left with { Tree = Structure(left.Tree) }, right with { Tree = Structure(right.Tree) }, "#");

    /// <summary>The places where <paramref name="expected"/> has a star and <paramref name="actual"/> has no text.</summary>
    public static IEnumerable<string> MissingTexts(JsonNode? expected, JsonNode? actual, string path = "#")
    {
        var found = ByName(actual);
        return ByName(expected) switch
        {
            JsonObject o => o.SelectMany(entry => MissingTexts(entry.Value, (found as JsonObject)?[entry.Key], $"{path}/{entry.Key}")),
            JsonArray a => a.SelectMany((item, i) => MissingTexts(item, (found as JsonArray)?.ElementAtOrDefault(i), $"{path}/{i}")),
            var text when text?.ToString() == "*" && string.IsNullOrWhiteSpace(found?.ToString()) => [$"There must be a text at {path}."],
            _ => [],
        };
    }

    private static IEnumerable<string> Between(Named left, Named right, string path)
    {
        switch (ByName(left.Tree), ByName(right.Tree))
        {
            case (JsonObject one, JsonObject other):
                return one.Select(entry => entry.Key).Union(other.Select(entry => entry.Key))
                    .SelectMany(key => Between(left with { Tree = one[key] }, right with { Tree = other[key] }, $"{path}/{key}"));
            case (JsonArray one, JsonArray other) when one.Count == other.Count:
                return one.SelectMany((item, i) => Between(left with { Tree = item }, right with { Tree = other[i] }, $"{path}/{i}"));
            case (null, null):
                return [];
            case (null, _):
                return [$"{right.Name} has {path} and {left.Name} has not: {Show(right.Tree)}."];
            case (_, null):
                return [$"{left.Name} has {path} and {right.Name} has not: {Show(left.Tree)}."];
            default:
                return JsonNode.DeepEquals(left.Tree, right.Tree)
                    ? []
                    : [$"{path} is {Show(left.Tree)} in {left.Name} and {Show(right.Tree)} in {right.Name}."];
        }
    }

    private static JsonNode? Structure(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(
            o.Where(entry => !IsText(entry)).Select(entry => KeyValuePair.Create(entry.Key, Structure(entry.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Structure)]),
        _ => node?.DeepClone(),
    };

    /// <summary>A list of parameters or tags is known by their names, not by their place.</summary>
    private static JsonNode? ByName(JsonNode? node) =>
        node is JsonArray { Count: > 0 } list && list.All(item => item is JsonObject o && o["name"] is JsonValue)
            ? new JsonObject(list.Select(item => KeyValuePair.Create($"{item!["in"]}:{item["name"]}", (JsonNode?)item.DeepClone())))
            : node;

    private static bool IsText(KeyValuePair<string, JsonNode?> entry) => TextKeys.Contains(entry.Key) && entry.Value is JsonValue;

    private static string Show(JsonNode? node) => node!.ToJsonString();

    /// <summary>A document, and what a sentence calls it.</summary>
    internal sealed record Named(string Name, JsonNode? Tree);
}
