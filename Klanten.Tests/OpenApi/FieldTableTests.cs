using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Klanten.Core.Fields;
using Klanten.Core.Model;

namespace Klanten.Tests.OpenApi;

/// <summary>openapi.yaml against the field tables and filters of <c>Klanten.Core</c>, in both directions.</summary>
public sealed class FieldTableTests
{
    private static readonly FieldTable[] Tables =
    [
        FieldTable.Create("Klant", KlantFields.Base, emptyInAnswers: "websiteUrl") with { ReadOnly = ["url"] },
        FieldTable.Create("KlantAdres", KlantFields.Adres),
        FieldTable.Create("NatuurlijkPersoon", KlantFields.NatuurlijkPersoon),
        FieldTable.Create("NietNatuurlijkPersoon", KlantFields.NietNatuurlijkPersoon),
        FieldTable.Create("Vestiging", KlantFields.Vestiging),
        FieldTable.Create("VerblijfsAdres", KlantFields.Verblijfsadres),
        FieldTable.Create("SubVerblijfBuitenland", KlantFields.SubVerblijfBuitenland),
    ];

    /// <summary>Schemas of answers that are written without a table.</summary>
    private static readonly string[] Answers = ["AuditTrail", "Wijzigingen", "Fout", "ValidatieFout", "FieldValidationError"];

    private static readonly JsonNode Document = Tree.OpenApiFile();

    private static readonly JsonObject Schemas = Document["components"]!["schemas"]!.AsObject();

    [Fact]
    public void The_schemas_have_the_fields_of_the_tables() => Findings.AssertNone(FieldDifferences.Between(Tables, Document));

    [Fact]
    public void Each_table_has_a_schema_and_each_schema_a_table()
    {
        var groups = typeof(KlantFields).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => IsTable(field.FieldType));
        string[] schemas = [.. Tables.Select(table => table.Schema), .. SubjectType.All, .. SubjectType.All.Select(Wrapper), .. Answers];

        Findings.AssertNone(
            from field in groups
            where !Tables.Any(table => ReferenceEquals(table.Group, field.GetValue(null)))
            select $"KlantFields.{field.Name} is a field table, and this test names no schema for it.");
        Findings.AssertNone(Schemas.Select(schema => schema.Key).Except(schemas).Select(name =>
            $"The schema {name} is in openapi.yaml, and this test names no field table for it."));
    }

    [Fact]
    public void A_subject_type_has_the_subjectIdentificatie_of_the_program() =>
        Findings.AssertNone(
            from type in SubjectType.All
            let program = $"#/components/schemas/{Shape(type)}"
            let file = Schemas[Wrapper(type)]?["properties"]!["subjectIdentificatie"]!["$ref"]!.ToString()
            where program != file
            select $"The subjectIdentificatie of {type} is {program} in the program and {file ?? "nothing"} in openapi.yaml.");

    [Fact]
    public void A_subject_type_is_a_klant_with_its_subjectIdentificatie() =>
        Findings.AssertNone(
            from type in SubjectType.All
            let parts = (Schemas[type]?["allOf"]?.AsArray() ?? []).Select(part => part!["$ref"]!.ToString())
            where !parts.SequenceEqual(["#/components/schemas/Klant", $"#/components/schemas/{Wrapper(type)}"])
            select $"The schema {type} must be allOf Klant and {Wrapper(type)}, in openapi.yaml.");

    [Fact]
    public void The_filters_of_klant_list_are_those_of_the_program() =>
        Findings.AssertNone(FieldDifferences.Between(
            FilterFields.All, Document["paths"]!["/klanten"]!["get"]!["parameters"]!.AsArray(), besides: "page"));

    private static bool IsTable(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(FieldGroup<>);

    private static string Wrapper(string subjectType) => $"subject_identificatie_{Shape(subjectType)}";

    /// <summary>The record that a subjectIdentificatie of this type becomes; its schema has the same name.</summary>
    private static string Shape(string subjectType) =>
        KlantFields.IdentificatieFor(subjectType)!.Restore(JsonElement.Parse("{}")).GetType().Name;
}
