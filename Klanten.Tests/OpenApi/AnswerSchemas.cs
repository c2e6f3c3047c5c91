extern alias JsonSchemaNet;

using System.Text.Json.Nodes;
using JsonSchemaNet::Json.Schema;

namespace Klanten.Tests.OpenApi;

/// <summary>
/// The schemas of an OpenAPI 3.0 document as JSON Schema, for answers. Stricter than the document in one way: an object has no keys
/// besides those that are described, because a client would not know of them.
/// </summary>
/// <remarks>The keys that a dialect adds to a klant are none of the document's; an answer may have them.</remarks>
/// <param name="document">The document.</param>
internal sealed class AnswerSchemas(JsonNode document)
{
    private const string Components = "#/components/schemas/";
    private const string Definitions = "#/$defs/";

    /// <summary>Ends the name of the schema that is one of several, by the value of the discriminator of another schema.</summary>
    private const string Any = ".any";

    private readonly JsonObject schemas = document["components"]!["schemas"]!.AsObject();

    /// <summary>A schema that stands by itself.</summary>
    /// <param name="schema">The schema at a place where an answer uses it.</param>
    public JsonSchema ToJsonSchema(JsonNode schema)
    {
        var root = Use(schema);
        root["$defs"] = new JsonObject(
        [
            .. schemas.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Convert(entry.Value!.AsObject()))),
            .. schemas.Where(entry => Mapping(entry.Value!) is not null)
                .Select(entry => KeyValuePair.Create(entry.Key + Any, (JsonNode?)OneOf(entry.Key, entry.Value!))),
        ]);
        return JsonSchema.FromText(root.ToJsonString());
    }

    private static JsonObject? Mapping(JsonNode schema) => schema["discriminator"]?["mapping"]?.AsObject();

    /// <summary>The schema of a value: an object with all its keys.</summary>
    private JsonObject Use(JsonNode schema)
    {
        var converted = Convert(schema.AsObject());
        if (schema["$ref"]?.ToString() is { } reference && Mapping(schemas[reference[Components.Length..]]!) is not null)
        {
            converted["$ref"] += Any;
        }
        if (IsObject(schema))
        {
            converted["unevaluatedProperties"] = false;
        }
        return converted;
    }

    /// <summary>A part of the schema of a value; other parts may describe more keys.</summary>
    private JsonObject Convert(JsonObject schema)
    {
        var converted = new JsonObject();
        foreach (var (keyword, value) in schema)
        {
            switch (keyword)
            {
                case "$ref":
                    converted["$ref"] = value!.ToString().Replace(Components, Definitions, StringComparison.Ordinal);
                    break;
                case "properties":
                    converted["properties"] = new JsonObject(
                        value!.AsObject().Select(property => KeyValuePair.Create(property.Key, (JsonNode?)Use(property.Value!))));
                    break;
                case "items":
                    converted["items"] = Use(value!);
                    break;
                case "allOf":
                    converted["allOf"] = new JsonArray([.. value!.AsArray().Select(part => Convert(part!.AsObject()))]);
                    break;
                case "type" or "enum" when schema["nullable"]?.GetValue<bool>() == true:
                    converted[keyword] = OrNull(keyword, value!);
                    break;
                case "type" or "enum" or "required" or "format" or "pattern" or "minLength" or "maxLength" or "minimum" or "maximum"
                    or "maxItems":
                    converted[keyword] = value!.DeepClone();
                    break;
                case "nullable" or "description" or "discriminator" or "readOnly":
                    break;
                default:
                    throw new NotSupportedException($"The test must be told what {keyword} means for an answer.");
            }
        }
        return converted;
    }

    private static JsonArray OrNull(string keyword, JsonNode value) =>
        keyword == "type" ? [value.DeepClone(), "null"] : [.. value.AsArray().Select(item => item!.DeepClone()), null];

    /// <summary>The schema that the discriminator of a value names, or else the schema that has the discriminator.</summary>
    private static JsonObject OneOf(string name, JsonNode schema)
    {
        var property = schema["discriminator"]!["propertyName"]!.ToString();
        return new()
        {
            ["$ref"] = Definitions + name,
            ["properties"] = new JsonObject { ["aanmaakkanaal"] = true, ["geverifieerd"] = true },
            ["allOf"] = new JsonArray([.. Mapping(schema)!.Select(type => new JsonObject
            {
                ["if"] = new JsonObject
                {
                    ["required"] = new JsonArray(property),
                    ["properties"] = new JsonObject { [property] = new JsonObject { ["const"] = type.Key } },
                },
                ["then"] = new JsonObject { ["$ref"] = type.Value!.ToString().Replace(Components, Definitions, StringComparison.Ordinal) },
            })]),
        };
    }

    /// <summary>Whether the schema describes keys. One without may have any.</summary>
    private bool IsObject(JsonNode schema) =>
        schema["$ref"]?.ToString() is { } reference
            ? IsObject(schemas[reference[Components.Length..]]!)
            : schema["properties"] is not null || schema["allOf"] is not null;
}
