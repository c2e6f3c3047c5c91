using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Klanten.Functions.OpenApi;

/// <summary>The kinds of schema that the standard is made of.</summary>
internal static class Schemas
{
    public static OpenApiSchemaReference Ref(string name) => new(name);

    public static OpenApiSchema Text(int? min = null, int? max = null, string? format = null, string? pattern = null, IEnumerable<string>? choices = null, bool nullable = false) => new()
    {
        Type = Type(JsonSchemaType.String, nullable),
        MinLength = min,
        MaxLength = max,
        Format = format,
        Pattern = pattern,
        Enum = choices?.Select(JsonNode (choice) => JsonValue.Create(choice)).ToList(),
    };

    public static OpenApiSchema Integer(int? min = null, int? max = null, bool nullable = false) => new()
    {
        Type = Type(JsonSchemaType.Integer, nullable),
        Minimum = min?.ToString(CultureInfo.InvariantCulture),
        Maximum = max?.ToString(CultureInfo.InvariantCulture),
    };

    public static OpenApiSchema List(IOpenApiSchema items) => new() { Type = JsonSchemaType.Array, Items = items };

    /// <summary>An object whose fields are described by name, unless they refer to a schema with a description of its own.</summary>
    public static OpenApiSchema Object(IEnumerable<string> required, params IEnumerable<(string Name, IOpenApiSchema Schema)> fields)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string>(required),
            Properties = fields.ToDictionary(field => field.Name, field => field.Schema),
        };
        foreach (var (name, field) in schema.Properties)
            if (field is OpenApiSchema { Description: null } own) own.Description = FieldTexts.Find(name);
        return schema;
    }

    private static JsonSchemaType Type(JsonSchemaType type, bool nullable) => nullable ? type | JsonSchemaType.Null : type;
}
