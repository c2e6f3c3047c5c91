using System.Text.Json.Nodes;

namespace Klanten.Tests.OpenApi;

/// <summary>Names each place where two documents differ.</summary>
internal static class Differences
{
    private static readonly HashSet<string> TextKeys = ["title", "description", "summary"];

    /// <summary>Everything, texts for people included.</summary>
    public static IEnumerable<string> InAll(JsonNode? expected, JsonNode? actual) => Between(expected, actual, "#");

    /// <summary>Texts for people aside, and with whatever OpenAPI takes for granted left out on both sides.</summary>
    public static IEnumerable<string> InStructure(JsonNode? expected, JsonNode? actual) => Between(Structure(expected), Structure(actual), "#");

    /// <summary>The texts of <paramref name="expected"/> that are missing or empty.</summary>
    public static IEnumerable<string> MissingTexts(JsonNode? expected, JsonNode? actual, string path = "#") => Named(expected) switch
    {
        JsonObject named => named.SelectMany(entry => MissingTexts(entry.Value, Named(actual) is JsonObject found ? found[entry.Key] : null, $"{path}/{entry.Key}")),
        JsonArray list => list.SelectMany((item, i) => MissingTexts(item, actual is JsonArray found && i < found.Count ? found[i] : null, $"{path}/{i}")),
        JsonValue value when value.ToString() == "*" && string.IsNullOrWhiteSpace(actual?.ToString()) => [path],
        _ => [],
    };

    private static IEnumerable<string> Between(JsonNode? expected, JsonNode? actual, string path) => (Named(expected), Named(actual)) switch
    {
        (JsonObject left, JsonObject right) => left.Select(entry => entry.Key).Union(right.Select(entry => entry.Key))
            .SelectMany(key => Between(left[key], right[key], $"{path}/{key}")),
        (JsonArray left, JsonArray right) when left.Count == right.Count => left.SelectMany((item, i) => Between(item, right[i], $"{path}/{i}")),
        _ => JsonNode.DeepEquals(expected, actual) ? [] : [$"{path} -> expected {Show(expected)}, actual {Show(actual)}"],
    };

    private static JsonNode? Structure(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.Where(entry => !IsText(entry) && !IsDefault(entry)).Select(entry => KeyValuePair.Create(entry.Key, Structure(entry.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Structure)]),
        _ => node?.DeepClone(),
    };

    /// <summary>A list of parameters or tags is known by their names, not by their place.</summary>
    private static JsonNode? Named(JsonNode? node) =>
        node is JsonArray { Count: > 0 } list && list.All(item => item is JsonObject o && o["name"] is JsonValue)
            ? new JsonObject(list.Select(item => KeyValuePair.Create<string, JsonNode?>($"{item!["in"]}:{item["name"]}", item.DeepClone())))
            : node;

    private static bool IsText(KeyValuePair<string, JsonNode?> entry) => TextKeys.Contains(entry.Key) && entry.Value is JsonValue;

    private static bool IsDefault(KeyValuePair<string, JsonNode?> entry) => entry switch
    {
        { Key: "required", Value: JsonValue required } => required.ToString() == "false",
        { Key: "parameters", Value: JsonArray { Count: 0 } } => true,
        _ => false,
    };

    private static string Show(JsonNode? node) => node?.ToJsonString() ?? "nothing";
}
