using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Klanten.Core.Validation;
using Klanten.Functions.Http;
using Klanten.Functions.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Klanten.Tests.OpenApi;

/// <summary>What the document says: the same as the standard, and the same as the program.</summary>
public sealed class OpenApiDocumentTests(SchemaServer server) : IClassFixture<SchemaServer>
{
    [Fact]
    public async Task The_document_has_the_structure_of_the_standard()
    {
        var contract = Tree.Contract();
        contract["servers"]![0]!["url"] = SchemaServer.BaseUrl;

        AssertNone(Differences.InStructure(contract, await server.YamlAsync()));
    }

    [Fact]
    public async Task Yaml_and_json_say_the_same() =>
        AssertNone(Differences.InAll(await server.YamlAsync(), await server.JsonAsync()));

    [Fact]
    public async Task Every_operation_is_an_endpoint_and_every_endpoint_an_operation()
    {
        var endpoints =
            from endpoint in server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            let scope = endpoint.Metadata.GetMetadata<ApiRoute>()?.Scope
            where scope is not null
            from method in endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods
            where method != "HEAD"
            select $"{method} {endpoint.RoutePattern.RawText} {endpoint.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName} {scope}";

        var operations =
            from path in (await server.JsonAsync())["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            where operation.Key != "parameters"
            select $"{operation.Key.ToUpperInvariant()} /api/v1{path.Key} {operation.Value!["operationId"]} {operation.Value["security"]![0]!["JWT-Claims"]![0]}";

        Assert.NotEmpty(operations);
        AssertNone(endpoints.Except(operations).Select(endpoint => $"not in the document: {endpoint}"));
        AssertNone(operations.Except(endpoints).Select(operation => $"not in the program: {operation}"));
    }

    [Fact]
    public async Task Every_text_of_the_standard_has_its_counterpart() =>
        AssertNone(Differences.MissingTexts(Tree.Contract(), await server.JsonAsync()));

    [Fact]
    public async Task Every_field_and_every_parameter_is_described()
    {
        var document = await server.JsonAsync();
        var described = Descendants(document, "#")
            .Where(node => Regex.IsMatch(node.Path, "(/properties/[^/]+|/parameters/[0-9]+|/headers/[^/]+)$") && node.Value["$ref"] is null);

        Assert.NotEmpty(described);
        AssertNone(described.Where(node => string.IsNullOrWhiteSpace(node.Value["description"]?.ToString())).Select(node => node.Path));
    }

    [Fact]
    public void A_difference_is_named_by_its_place()
    {
        var other = Tree.Contract();
        other["components"]!["schemas"]!["Klant"]!["properties"]!["functie"]!["maxLength"] = 201;
        var parameters = other["paths"]!["/klanten"]!["get"]!["parameters"]!.AsArray();
        parameters.RemoveAt(0);
        parameters[0]!["description"] = "";

        Assert.Equal(
            [
                "#/paths//klanten/get/parameters/query:bronorganisatie -> expected {\"name\":\"bronorganisatie\",\"in\":\"query\",\"schema\":{\"type\":\"string\"}}, actual nothing",
                "#/components/schemas/Klant/properties/functie/maxLength -> expected 200, actual 201",
            ],
            Differences.InStructure(Tree.Contract(), other));
        Assert.Contains("#/paths//klanten/get/parameters/query:klantnummer/description", Differences.MissingTexts(Tree.Contract(), other));
    }

    [Theory]
    [InlineData("1234567890")]
    [InlineData("0123456789")]
    [InlineData("123456789")]
    [InlineData("12345678901")]
    [InlineData("123456789a")]
    public void The_pattern_of_an_A_nummer_is_its_rule(string text)
    {
        TextRule rule = TextRules.ANummer;

        Assert.Equal(rule(text) is null, Regex.IsMatch(text, rule.Pattern()!));
    }

    /// <summary>Tells all findings in full, which Assert.Empty does not.</summary>
    private static void AssertNone(IEnumerable<string> findings)
    {
        var lines = string.Join('\n', findings);
        if (lines.Length > 0) Assert.Fail(lines);
    }

    private static IEnumerable<(string Path, JsonObject Value)> Descendants(JsonNode? node, string path) => node switch
    {
        JsonObject o => o.SelectMany(entry => Descendants(entry.Value, $"{path}/{entry.Key}")).Prepend((path, o)),
        JsonArray a => a.SelectMany((item, i) => Descendants(item, $"{path}/{i}")),
        _ => [],
    };
}
