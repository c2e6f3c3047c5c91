using System.Text.Json.Nodes;

namespace Klanten.Tests.OpenApi;

/// <summary>Finds each place where two documents differ. What one of them leaves out is a difference too.</summary>
internal static class Differences
{
    private static readonly HashSet<string> TextKeys = ["title", "description", "summary"];

    /// <summary>Everything, texts for people included.</summary>
    public static IEnumerable<Difference> InAll(Named left, Named right) => Between(left, right, "#");

    /// <summary>Everything but texts for people.</summary>
    public static IEnumerable<Difference> InStructure(Named left, Named right) =>
        Between(left with { Tree = Structure(left.Tree) }, right with { Tree = Structure(right.Tree) }, "#");

    /// <summary>The document as it was without the difference: with what the left one has in its place.</summary>
    public static JsonNode Undo(Difference difference, JsonNode document)
    {
        var copy = document.DeepClone();
        var (group, key) = Find(copy, difference.Place[2..]);
        if (group is JsonArray list)
        {
            var item = list.FirstOrDefault(item => item?.ToJsonString() == key);
            if (item is null) list.Add(difference.Left.Tree!.DeepClone());
            else list.Remove(item);
        }
        else if (difference.Left.Tree is { } value) group[key] = value.DeepClone();
        else group.AsObject().Remove(key);
        return copy;
    }

    /// <summary>What holds the value at a place, and its key there. A key may contain slashes, as paths do.</summary>
    private static (JsonNode Group, string Key) Find(JsonNode group, string place)
    {
        if (group is not JsonObject parts) return (group, place);
        var keys = parts.Select(part => part.Key).Where(key => place.StartsWith(key + "/", StringComparison.Ordinal));
        var key = keys.MaxBy(key => key.Length);
        return key is null ? (group, place) : Find(parts[key]!, place[(key.Length + 1)..]);
    }

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

    private static IEnumerable<Difference> Between(Named left, Named right, string path)
    {
        switch (ByName(left.Tree), ByName(right.Tree))
        {
            case (JsonObject one, JsonObject other):
                return one.Select(entry => entry.Key).Union(other.Select(entry => entry.Key))
                    .SelectMany(key => Between(left with { Tree = one[key] }, right with { Tree = other[key] }, $"{path}/{key}"));
            case (JsonArray one, JsonArray other) when one.Count == other.Count:
                return one.SelectMany((item, i) => Between(left with { Tree = item }, right with { Tree = other[i] }, $"{path}/{i}"));
            default:
                return JsonNode.DeepEquals(left.Tree, right.Tree) ? [] : [new(path, left, right)];
        }
    }

    private static JsonNode? Structure(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(
            o.Where(entry => !IsText(entry)).Select(entry => KeyValuePair.Create(entry.Key, Structure(entry.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Structure)]),
        _ => node?.DeepClone(),
    };

    /// <summary>A parameter or tag in a list is known by its name and a text by itself, not by its place.</summary>
    private static JsonNode? ByName(JsonNode? node) => node switch
    {
        JsonArray { Count: > 0 } list when list.All(item => item is JsonObject o && o["name"] is JsonValue) =>
            new JsonObject(list.Select(item => KeyValuePair.Create($"{item!["in"]}:{item["name"]}", (JsonNode?)item.DeepClone()))),
        JsonArray { Count: > 0 } list when list.All(item => item is JsonValue) =>
            new JsonObject(list.Select(item => KeyValuePair.Create(item!.ToJsonString(), (JsonNode?)item.DeepClone()))),
        _ => node,
    };

    private static bool IsText(KeyValuePair<string, JsonNode?> entry) => TextKeys.Contains(entry.Key) && entry.Value is JsonValue;
}

/// <summary>A document, and what a sentence calls it.</summary>
internal sealed record Named(string Name, JsonNode? Tree);

/// <summary>A place where two documents differ; as a text it is a sentence.</summary>
/// <param name="Place">The keys that lead to it, from #.</param>
/// <param name="Left">What the one has there.</param>
/// <param name="Right">What the other has there.</param>
internal sealed record Difference(string Place, Named Left, Named Right)
{
    public override string ToString() => (Left.Tree, Right.Tree) switch
    {
        (null, { } there) => $"{Right.Name} has {Place} and {Left.Name} has not: {there.ToJsonString()}.",
        ({ } here, null) => $"{Left.Name} has {Place} and {Right.Name} has not: {here.ToJsonString()}.",
        _ => $"{Place} is {Left.Tree!.ToJsonString()} in {Left.Name} and {Right.Tree!.ToJsonString()} in {Right.Name}.",
    };
}
