using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.OpenApi;

/// <summary>
/// openapi.yaml against answers: the same keys, in both directions. It matters most for what no field table describes:
/// pages, audit trails and errors.
/// </summary>
public sealed class AnswerKeyTests(SchemaServer server) : IClassFixture<SchemaServer>
{
    private static readonly JsonNode Document = Tree.OpenApiFile();

    [Fact]
    public async Task A_klant_has_the_keys_of_its_schemas()
    {
        var klant = await ReadAsync("GET", await server.Known.CreateAsync());

        Findings.AssertNone(
        [
            .. Between(klant, Schema("natuurlijk_persoon")),
            .. Between(klant["subjectIdentificatie"], Schema("NatuurlijkPersoon")),
        ]);
    }

    [Fact]
    public async Task A_page_has_the_keys_of_its_schema()
    {
        var schema = Document["paths"]!["/klanten"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"];

        Findings.AssertNone(Between(await ReadAsync("GET", "klanten"), schema));
    }

    [Fact]
    public async Task An_audit_trail_has_the_keys_of_its_schemas()
    {
        var regels = await ReadAsync("GET", $"{await server.Known.CreateAsync()}/audittrail");

        Findings.AssertNone(
        [
            .. Between(regels[0], Schema("AuditTrail")),
            .. Between(regels[0]!["wijzigingen"], Schema("Wijzigingen")),
            .. Between(regels[0]!["wijzigingen"]!["nieuw"], Schema("natuurlijk_persoon")),
        ]);
    }

    [Fact]
    public async Task An_error_has_the_keys_of_its_schema()
    {
        var invalid = await ReadAsync("POST", "klanten", new JsonObject());

        Findings.AssertNone(
        [
            .. Between(await ReadAsync("GET", $"klanten/{Guid.NewGuid()}"), Schema("Fout")),
            .. Between(invalid, Schema("ValidatieFout")),
            .. Between(invalid["invalidParams"]![0], Schema("FieldValidationError")),
        ]);
    }

    [Fact]
    public void A_difference_is_a_sentence()
    {
        var schema = new JsonObject { ["properties"] = new JsonObject { ["count"] = new JsonObject(), ["next"] = new JsonObject() } };

        Assert.Equal(
            [
                "The key total is in the answer {\"count\":1,\"total\":1} and not in openapi.yaml.",
                "The key next is in openapi.yaml and not in the answer {\"count\":1,\"total\":1}.",
            ],
            Between(JsonNode.Parse("""{"count":1,"total":1}"""), schema));
    }

    private async Task<JsonNode> ReadAsync(string method, string path, JsonNode? body = null)
    {
        using var answer = await server.Known.SendAsync(method, path, body);
        return await answer.JsonAsync();
    }

    private static IEnumerable<string> Between(JsonNode? answer, JsonNode? schema)
    {
        var keys = answer!.AsObject().Select(entry => entry.Key).ToArray();
        var properties = Properties(schema!).ToArray();
        var shown = answer.ToJsonString();
        return
        [
            .. keys.Except(properties).Select(key => $"The key {key} is in the answer {shown} and not in openapi.yaml."),
            .. properties.Except(keys).Select(key => $"The key {key} is in openapi.yaml and not in the answer {shown}."),
        ];
    }

    private static IEnumerable<string> Properties(JsonNode schema)
    {
        var own = schema["properties"]?.AsObject().Select(property => property.Key) ?? [];
        var parts = schema["allOf"]?.AsArray().SelectMany(part => Properties(Schema(part!["$ref"]!.ToString().Split('/')[^1]))) ?? [];
        return own.Concat(parts);
    }

    private static JsonNode Schema(string name) => Document["components"]!["schemas"]![name]!;
}
