using System.Globalization;
using System.Text.Json.Nodes;
using Klanten.Functions.OpenApi;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Klanten.Tests.OpenApi;

/// <summary>Documents in YAML and JSON as one kind of tree.</summary>
internal static class Tree
{
    public static JsonNode OfJson(string json) => JsonNode.Parse(json)!;

    public static JsonNode OfYaml(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Of(stream.Documents[0].RootNode)!;
    }

    /// <summary>The document of this program, as written.</summary>
    public static JsonNode OpenApiFile() => OfYaml(OpenApiDocument.ReadFile());

    /// <summary>The facts of the published standard; see the head of the file.</summary>
    public static JsonNode Contract()
    {
        using var file = new StreamReader(typeof(Tree).Assembly.GetManifestResourceStream("contract-facts.yaml")!);
        return OfYaml(file.ReadToEnd());
    }

    private static JsonNode? Of(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(
            map.Select(entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value!, Of(entry.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(Of)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: var plain } => OfPlain(plain!),
        _ => JsonValue.Create(((YamlScalarNode)node).Value),
    };

    /// <summary>The core schema of YAML 1.2, as far as OpenAPI needs it.</summary>
    private static JsonNode? OfPlain(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" or "false" => JsonNode.Parse(text),
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => JsonNode.Parse(text),
        _ => JsonValue.Create(text),
    };
}
