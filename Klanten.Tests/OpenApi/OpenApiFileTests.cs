using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Klanten.Core.Fields;

namespace Klanten.Tests.OpenApi;

/// <summary>
/// openapi.yaml against the standard: a text of our own for every text. <see cref="CorrectionTests"/> compares the structure.
/// </summary>
public sealed class OpenApiFileTests
{
    private static readonly JsonNode File = Tree.OpenApiFile();

    [Fact]
    public void Every_text_of_the_standard_has_its_counterpart() =>
        Findings.AssertNone(Differences.MissingTexts(Tree.Contract(), File));

    [Fact]
    public void Every_field_parameter_and_header_is_described()
    {
        var described = Descendants(File, "#")
            .Where(node => Regex.IsMatch(node.Path, "(/properties/[^/]+|/parameters/[0-9]+|/headers/[^/]+)$"))
            .Where(node => node.Value["$ref"] is null);

        Assert.NotEmpty(described);
        Findings.AssertNone(described
            .Where(node => string.IsNullOrWhiteSpace(node.Value["description"]?.ToString()))
            .Select(node => $"There must be a description at {node.Path}."));
    }

    [Fact]
    public void Every_reference_leads_somewhere() =>
        Findings.AssertNone(
            from node in Descendants(File, "#")
            let reference = node.Value["$ref"]?.ToString()
            where reference is not null && Follow(reference) is null
            select $"{node.Path} refers to {reference}, which is not in openapi.yaml.");

    [Fact]
    public void A_difference_is_named_by_its_place()
    {
        var other = Tree.Contract();
        var klant = other["components"]!["schemas"]!["Klant"]!.AsObject();
        klant["properties"]!["functie"]!["maxLength"] = 201;
        klant["properties"]!["bijnaam"] = new JsonObject { ["type"] = "string" };
        var parameters = other["paths"]!["/klanten"]!["get"]!["parameters"]!.AsArray();
        parameters.RemoveAt(0);
        parameters[0]!["description"] = "";
        parameters[1]!.AsObject().Remove("required");

        Assert.Equal(
            [
                "one has #/paths//klanten/get/parameters/query:bronorganisatie and other has not: "
                + "{\"name\":\"bronorganisatie\",\"in\":\"query\",\"required\":false,\"schema\":{\"type\":\"string\"}}.",
                "one has #/paths//klanten/get/parameters/query:bedrijfsnaam/required and other has not: false.",
                "#/components/schemas/Klant/properties/functie/maxLength is 200 in one and 201 in other.",
                "other has #/components/schemas/Klant/properties/bijnaam and one has not: {\"type\":\"string\"}.",
            ],
            Differences.InStructure(new("one", Tree.Contract()), new("other", other)).Select(difference => difference.ToString()));
        Assert.Contains(
            "There must be a text at #/paths//klanten/get/parameters/query:klantnummer/description.",
            Differences.MissingTexts(Tree.Contract(), other));
    }

    [Theory]
    [InlineData("1234567890")]
    [InlineData("0123456789")]
    [InlineData("123456789")]
    [InlineData("12345678901")]
    [InlineData("123456789a")]
    public void The_pattern_of_an_A_nummer_is_its_rule(string text)
    {
        var pattern = File["components"]!["schemas"]!["NatuurlijkPersoon"]!["properties"]!["inpANummer"]!["pattern"]!.ToString();

        Assert.Equal(Rules.ANummer(text) is null, Regex.IsMatch(text, pattern));
    }

    private static JsonNode? Follow(string reference) =>
        reference.StartsWith("#/", StringComparison.Ordinal)
            ? reference[2..].Split('/').Aggregate((JsonNode?)File, (node, key) => (node as JsonObject)?[key])
            : null;

    private static IEnumerable<(string Path, JsonObject Value)> Descendants(JsonNode? node, string path) => node switch
    {
        JsonObject o => o.SelectMany(entry => Descendants(entry.Value, $"{path}/{entry.Key}")).Prepend((path, o)),
        JsonArray a => a.SelectMany((item, i) => Descendants(item, $"{path}/{i}")),
        _ => [],
    };
}
