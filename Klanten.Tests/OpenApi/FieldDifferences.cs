using System.Text.Json.Nodes;
using Klanten.Core.Model;

namespace Klanten.Tests.OpenApi;

/// <summary>Names each difference between the field tables of the program and the schemas of the document, a sentence each.</summary>
internal static class FieldDifferences
{
    private const string Source = "the field table";

    public static IEnumerable<string> Between(IReadOnlyList<FieldTable> tables, JsonNode document)
    {
        var schemas = document["components"]!["schemas"]!.AsObject();
        return tables.SelectMany(table => schemas[table.Schema] is JsonObject schema
            ? Between(table, schema, tables)
            : [$"The schema {table.Schema} is not in openapi.yaml, and there is a field table for it."]);
    }

    /// <summary>The filters of klant_list, and the order that they are in.</summary>
    /// <param name="filters">The filters of the program.</param>
    /// <param name="parameters">The parameters of klant_list in the document.</param>
    /// <param name="besides">Parameters of the query that are no filters.</param>
    public static IEnumerable<string> Between(IReadOnlyList<FilterField> filters, JsonArray parameters, params string[] besides)
    {
        var inQuery = parameters.OfType<JsonObject>()
            .Where(parameter => parameter["in"]!.ToString() == "query")
            .ToDictionary(parameter => parameter["name"]!.ToString());
        var differences = 0;
        foreach (var filter in filters)
        {
            var sentences = inQuery.TryGetValue(filter.Parameter, out var parameter)
                ? Keywords.Differences($"The filter {filter.Parameter}", "FilterFields", Schema(filter), parameter["schema"]!.AsObject())
                : [$"The filter {filter.Parameter} is in FilterFields and not in openapi.yaml."];
            foreach (var sentence in sentences)
            {
                differences++;
                yield return sentence;
            }
        }
        foreach (var name in inQuery.Keys.Except(filters.Select(filter => filter.Parameter)).Except(besides))
        {
            differences++;
            yield return $"The filter {name} is in openapi.yaml and not in FilterFields.";
        }
        if (differences == 0 && !inQuery.Keys.Except(besides).SequenceEqual(filters.Select(filter => filter.Parameter)))
            yield return "The filters of klant_list are in another order in openapi.yaml than in FilterFields.";
    }

    private static IEnumerable<string> Between(FieldTable table, JsonObject schema, IReadOnlyList<FieldTable> tables)
    {
        var properties = schema["properties"]!.AsObject();
        var required = (schema["required"]?.AsArray() ?? []).Select(name => name!.ToString()).ToHashSet();
        foreach (var row in table.Rows)
        {
            var field = $"{table.Schema}.{row.Name}";
            if (properties[row.Name] is not JsonObject property)
            {
                yield return $"{field} is in {Source} and not in openapi.yaml.";
                continue;
            }
            foreach (var difference in Keywords.Differences(field, Source, SchemaOf(row, tables), property)) yield return difference;
            if (row.Required && !required.Contains(row.Name))
                yield return $"{field} is never empty by {Source}, and openapi.yaml does not have it under required.";
            if (!row.Required && required.Contains(row.Name))
                yield return $"{field} is under required in openapi.yaml, and may be empty by {Source}.";
        }
        var known = table.Rows.Select(row => row.Name).Concat(table.ReadOnly).ToHashSet();
        foreach (var name in properties.Select(property => property.Key).Where(name => !known.Contains(name)))
            yield return $"{table.Schema}.{name} is in openapi.yaml and not in {Source}.";
        foreach (var name in required.Where(name => !properties.ContainsKey(name)))
            yield return $"{table.Schema}.{name} is under required in openapi.yaml, which has no such field.";
    }

    /// <summary>A field that is a table itself is a reference to the schema of that table.</summary>
    private static JsonObject SchemaOf(FieldRow row, IReadOnlyList<FieldTable> tables)
    {
        if (row.Part is null) return row.Schema;
        var schema = tables.FirstOrDefault(table => ReferenceEquals(table.Group, row.Part))?.Schema;
        return Keywords.Of(("$ref", schema is null ? "a table that has no schema" : $"#/components/schemas/{schema}"));
    }

    private static JsonObject Schema(FilterField filter) => Keywords.Of(
        ("type", "string"),
        ("format", Keywords.Format(filter.Rule)),
        ("pattern", Keywords.Pattern(filter.Rule)),
        ("enum", filter.Choices is { } choices ? new JsonArray([.. choices.Select(value => JsonValue.Create(value))]) : null));
}
