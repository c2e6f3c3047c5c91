using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Klanten.Tests.Support;

/// <summary>JSON as the tests write and read it.</summary>
public static class Json
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>JSON with strings between single quotes, so that a table of it stays readable.</summary>
    public static JsonNode? Of(string json) => JsonNode.Parse(json.Replace('\'', '"'));

    public static string Write(JsonNode? json) => json?.ToJsonString(Plain) ?? "null";

    public static byte[] Utf8(JsonNode? json) => Encoding.UTF8.GetBytes(Write(json));

    /// <summary>A copy with the value at a dotted path changed; groups on the way are made when they are missing.</summary>
    public static JsonObject With(this JsonObject json, string path, JsonNode? value)
    {
        var copy = json.DeepClone().AsObject();
        var group = copy;
        var names = path.Split('.');
        foreach (var name in names[..^1])
        {
            if (group[name] is not JsonObject) group[name] = new JsonObject();
            group = group[name]!.AsObject();
        }
        group[names[^1]] = value?.DeepClone();
        return copy;
    }

    /// <summary>A copy without the values at these dotted paths.</summary>
    public static JsonObject Without(this JsonObject json, params string[] paths)
    {
        var copy = json.DeepClone().AsObject();
        foreach (var path in paths)
        {
            var dot = path.LastIndexOf('.');
            var group = dot < 0 ? copy : copy.At(path[..dot])!.AsObject();
            group.Remove(path[(dot + 1)..]);
        }
        return copy;
    }

    /// <summary>The value at a dotted path; null when it is null.</summary>
    public static JsonNode? At(this JsonNode json, string path)
    {
        JsonNode? node = json;
        foreach (var name in path.Split('.'))
        {
            Assert.True(node is JsonObject group && group.ContainsKey(name), $"There is no {path} in {Write(json)}");
            node = node![name];
        }
        return node;
    }

    public static string Text(this JsonNode json, string path) => json.At(path)!.GetValue<string>();

    /// <summary>The keys of an object, in order.</summary>
    public static string[] Keys(this JsonNode json) => [.. json.AsObject().Select(p => p.Key)];

    public static void ShouldEqual(this JsonNode? actual, JsonNode? expected) =>
        Assert.True(JsonNode.DeepEquals(expected, actual), $"expected {Write(expected)}\n  actual {Write(actual)}");
}
