using System.Text.Json.Nodes;
using Klanten.Core.Fields;

namespace Klanten.Tests.OpenApi;

/// <summary>A table of <c>Klanten.Core</c>, each row as OpenAPI describes it.</summary>
/// <param name="Schema">Name of the schema in the document.</param>
/// <param name="Group">The <see cref="FieldGroup{T}"/>, by which a row of another table refers to this one.</param>
/// <param name="Rows">The fields.</param>
internal sealed record FieldTable(string Schema, object Group, IReadOnlyList<FieldRow> Rows)
{
    /// <summary>Fields of the schema that no request sets, so that they are in no table.</summary>
    public IReadOnlyList<string> ReadOnly { get; init; } = [];

    /// <param name="schema">Name of the schema in the document.</param>
    /// <param name="group">The table.</param>
    /// <param name="emptyInAnswers">A field that requests may not leave empty, and that answers may have empty.</param>
    public static FieldTable Create<T>(string schema, FieldGroup<T> group, string? emptyInAnswers = null) where T : class, new() =>
        new(schema, group, [.. group.Fields.Select(field => field.Name == emptyInAnswers ? WithoutMinimum(Row(field)) : Row(field))]);

    private static FieldRow WithoutMinimum(FieldRow row)
    {
        row.Schema.Remove("minLength");
        return row;
    }

    private static FieldRow Row<T>(Field<T> field) => field switch
    {
        TextField<T> text => new(field.Name, Text(text.Max, text.AllowBlank, text.Rule, text.RuleAfterLength))
        {
            // An answer always has every key; what the standard requires is that the value is not empty.
            Required = text.Required || !text.AllowBlank,
        },
        ChoiceField<T> choice => new(field.Name, Keywords.Of(
            ("type", "string"),
            // A field without a value is shown as "".
            ("enum", new JsonArray([.. choice.Choices.Append("").Select(value => JsonValue.Create(value))])),
            ("nullable", choice.AllowNull ? true : null))),
        IntegerField<T> number => new(field.Name, Keywords.Of(
            ("type", "integer"),
            ("minimum", number.Min),
            ("maximum", number.Max),
            ("nullable", true))),
        TextListField<T> list => new(field.Name, Keywords.Of(
            ("type", "array"),
            ("maxItems", list.MaxItems),
            ("items", Keywords.Of(("type", "string"), ("maxLength", list.MaxPerItem))))),
        _ when Part(field) is { } part => new(field.Name, []) { Part = part },
        _ => throw new NotSupportedException($"The test must be told how OpenAPI says {field.Name}, a {field.GetType().Name}."),
    };

    private static JsonObject Text(int max, bool allowBlank, Rule? rule, Rule? form) => Keywords.Of(
        ("type", "string"),
        ("minLength", allowBlank ? null : 1),
        ("maxLength", max),
        ("pattern", Keywords.Pattern(rule) ?? Keywords.Pattern(form)));

    /// <summary>The table that a <see cref="GroupField{TGroup, TPart}"/> refers to, of whatever type its part is.</summary>
    private static object? Part(object field) =>
        field.GetType().GetGenericTypeDefinition() == typeof(GroupField<,>) ? field.GetType().GetProperty("Part")!.GetValue(field) : null;
}

/// <summary>A row of a table.</summary>
/// <param name="Name">Key in JSON.</param>
/// <param name="Schema">Its schema in the document, when it is not a table itself.</param>
internal sealed record FieldRow(string Name, JsonObject Schema)
{
    /// <summary>Whether the value is always there and never empty.</summary>
    public bool Required { get; init; }

    /// <summary>The table that the field is made of; null when it is a value.</summary>
    public object? Part { get; init; }
}
