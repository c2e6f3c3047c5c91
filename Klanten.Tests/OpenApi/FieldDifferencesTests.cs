using Klanten.Core.Fields;
using Klanten.Core.Model;

namespace Klanten.Tests.OpenApi;

/// <summary>The comparison of tables and schemas finds what differs, and describes it in a sentence.</summary>
public sealed class FieldDifferencesTests
{
    /// <summary>A schema for <see cref="Tables"/> that is in order.</summary>
    private const string Hond = """
        components:
          schemas:
            Hond:
              type: object
              required: [chip]
              properties:
                url: { type: string, readOnly: true }
                chip: { type: string, minLength: 1, maxLength: 15 }
                naam: { description: Roepnaam., type: string, maxLength: 40 }
                site: { type: string, maxLength: 100 }
                stamboek: { type: string, pattern: '^([1-9][0-9]{9})?$', maxLength: 10 }
                geslacht: { type: string, enum: [reu, teef, ''], nullable: true }
                leeftijd: { type: integer, minimum: 0, maximum: 30, nullable: true }
                namen: { type: array, maxItems: 9, items: { type: string, maxLength: 40 } }
                mand: { $ref: '#/components/schemas/Mand' }
            Mand:
              type: object
              properties:
                kleur: { type: string, maxLength: 20 }
        """;

    private static readonly FieldGroup<Thing> MandTable = new(Text("kleur", 20));

    private static readonly FieldTable[] Tables =
    [
        FieldTable.Create("Hond", new FieldGroup<Thing>(
            Text("chip", 15, allowBlank: false),
            Text("naam", 40),
            new TextField<Thing>("site", 100, _ => "", (thing, _) => thing) { RuleAfterLength = Rules.WebUrl },
            new TextField<Thing>("stamboek", 10, _ => "", (thing, _) => thing) { Rule = Rules.ANummer },
            new ChoiceField<Thing>("geslacht", ["reu", "teef"], _ => null, (thing, _) => thing) { AllowNull = true },
            new IntegerField<Thing>("leeftijd", 0, 30, _ => null, (thing, _) => thing),
            new TextListField<Thing>("namen", 9, 40, _ => [], (thing, _) => thing),
            new GroupField<Thing, Thing>("mand", MandTable, _ => null, (thing, _) => thing))) with { ReadOnly = ["url"] },
        FieldTable.Create("Mand", MandTable),
    ];

    [Fact]
    public void Equal_tables_and_schemas_have_no_differences() =>
        Assert.Empty(FieldDifferences.Between(Tables, Tree.OfYaml(Hond)));

    [Theory]
    [InlineData("naam: { description: Roepnaam., type: string, maxLength: 40 }", "",
        "Hond.naam is in the field table and not in openapi.yaml.")]
    [InlineData("kleur: {", "maat: { type: string }\n        kleur: {",
        "Mand.maat is in openapi.yaml and not in the field table.")]
    [InlineData("minLength: 1, maxLength: 15", "minLength: 1, maxLength: 16",
        "Hond.chip: maxLength is 15 in the field table and 16 in openapi.yaml.")]
    [InlineData("type: string, maxLength: 20", "type: string",
        "Mand.kleur: maxLength is 20 in the field table and openapi.yaml has none.")]
    [InlineData("type: string, maxLength: 20", "type: string, minLength: 1, maxLength: 20",
        "Mand.kleur: minLength is 1 in openapi.yaml and the field table has none.")]
    [InlineData("type: string, maxLength: 20", "type: integer, maxLength: 20",
        "Mand.kleur: type is string in the field table and integer in openapi.yaml.")]
    [InlineData("type: string, maxLength: 20", "type: string, maxLength: 20, nullable: true",
        "Mand.kleur: nullable is true in openapi.yaml and the field table has none.")]
    [InlineData("[reu, teef, ''], nullable: true", "[reu, teef, '']",
        "Hond.geslacht: nullable is true in the field table and openapi.yaml has none.")]
    [InlineData("[reu, teef, '']", "[reu, '']",
        "Hond.geslacht: the value teef is in the field table and not in openapi.yaml.")]
    [InlineData("[reu, teef, '']", "[reu, teef, '', pup]",
        "Hond.geslacht: the value pup is in openapi.yaml and not in the field table.")]
    [InlineData("maxItems: 9, ", "",
        "Hond.namen: maxItems is 9 in the field table and openapi.yaml has none.")]
    [InlineData("enum: [reu, teef, ''], ", "",
        "Hond.geslacht: enum is [\"reu\",\"teef\",\"\"] in the field table and openapi.yaml has none.")]
    [InlineData("site: { type: string, max", "site: { type: string, format: uri, max",
        "Hond.site: format is uri in openapi.yaml and the field table has none.")]
    [InlineData("pattern: '^([1-9][0-9]{9})?$', ", "",
        "Hond.stamboek: pattern is ^([1-9][0-9]{9})?$ in the field table and openapi.yaml has none.")]
    [InlineData("maximum: 30", "maximum: 31",
        "Hond.leeftijd: maximum is 30 in the field table and 31 in openapi.yaml.")]
    [InlineData("items: { type: string, maxLength: 40 }", "items: { type: string, maxLength: 41 }",
        "Hond.namen: items/maxLength is 40 in the field table and 41 in openapi.yaml.")]
    [InlineData("'#/components/schemas/Mand'", "'#/components/schemas/Hond'",
        "Hond.mand: $ref is #/components/schemas/Mand in the field table and #/components/schemas/Hond in openapi.yaml.")]
    [InlineData("required: [chip]", "required: []",
        "Hond.chip is never empty by the field table, and openapi.yaml does not have it under required.")]
    [InlineData("required: [chip]", "required: [chip, naam]",
        "Hond.naam is under required in openapi.yaml, and may be empty by the field table.")]
    [InlineData("required: [chip]", "required: [chip, ras]",
        "Hond.ras is under required in openapi.yaml, which has no such field.")]
    [InlineData("    Mand:\n", "    Kussen:\n",
        "The schema Mand is not in openapi.yaml, and there is a field table for it.")]
    public void A_difference_is_a_sentence(string change, string into, string sentence)
    {
        var document = Hond.Replace(change, into, StringComparison.Ordinal);

        Assert.NotEqual(Hond, document);
        Assert.Equal([sentence], FieldDifferences.Between(Tables, Tree.OfYaml(document)));
    }

    [Theory]
    [InlineData("{ name: naam, in: query, schema: { type: string } }", "{ name: ras, in: query, schema: { type: string } }",
        "The filter naam is in FilterFields and not in openapi.yaml.",
        "The filter ras is in openapi.yaml and not in FilterFields.")]
    [InlineData("in: query, schema: { type: string, format: uri }", "in: query, schema: { type: string }",
        "The filter site: format is uri in FilterFields and openapi.yaml has none.")]
    [InlineData("[reu, teef]", "[reu, pup]",
        "The filter geslacht: the value teef is in FilterFields and not in openapi.yaml.",
        "The filter geslacht: the value pup is in openapi.yaml and not in FilterFields.")]
    [InlineData("{ name: naam, in: query, schema: { type: string } }\n- ", "",
        "The filter naam is in FilterFields and not in openapi.yaml.")]
    [InlineData("- { name: page", "- { name: naam2, in: query, schema: { type: string } }\n- { name: page",
        "The filter naam2 is in openapi.yaml and not in FilterFields.")]
    public void A_difference_between_filters_is_a_sentence(string change, string into, params string[] sentences)
    {
        var changed = Filters.Replace(change, into, StringComparison.Ordinal);

        Assert.NotEqual(Filters, changed);
        Assert.Equal(sentences, Between(changed));
    }

    [Fact]
    public void Filters_have_the_order_of_the_document()
    {
        var lines = Filters.Split('\n');
        var swapped = string.Join('\n', [lines[1], lines[0], .. lines[2..]]);

        Assert.Empty(Between(Filters));
        Assert.Equal(["The filters of klant_list are in another order in openapi.yaml than in FilterFields."], Between(swapped));
    }

    private const string Filters = """
        - { name: naam, in: query, schema: { type: string } }
        - { name: site, in: query, schema: { type: string, format: uri } }
        - { name: geslacht, in: query, schema: { type: string, enum: [reu, teef] } }
        - { name: page, in: query, schema: { type: integer } }
        - { name: Accept, in: header, schema: { type: string } }
        """;

    private static IEnumerable<string> Between(string parameters) => FieldDifferences.Between(
        [
            new FilterField("naam", _ => null),
            new FilterField("site", _ => null) { Rule = Rules.WebUrl },
            new FilterField("geslacht", _ => null) { Choices = ["reu", "teef"] },
        ],
        Tree.OfYaml(parameters).AsArray(),
        besides: "page");

    private static TextField<Thing> Text(string name, int max, bool allowBlank = true) =>
        new(name, max, _ => "", (thing, _) => thing) { AllowBlank = allowBlank };

    /// <summary>What the made-up tables are of; the comparison never reads a value.</summary>
    private sealed class Thing;
}
