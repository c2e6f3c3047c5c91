using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Klanten.Tests.Support;

namespace Klanten.Tests.OpenApi;

/// <summary>The document follows the API design rules, but for the rows of docs/openapi.md.</summary>
public sealed partial class ApiDesignRulesTests(SchemaServer server) : IClassFixture<SchemaServer>
{
    /// <summary>One change of the document for each rule, and the place where the rule sees it.</summary>
    public static TheoryData<string, string, Action<JsonNode>> Breaches => new()
    {
        { "openapi3", "openapi", document => document["openapi"] = "2.0" },
        { "semver", "info.version", document => document["info"]!["version"] = "1.0" },
        { "info-contact", "info", document => document["info"]!.AsObject().Remove("contact") },
        { "info-contact-fields-exist", "info.contact.name", document => document["info"]!["contact"]!.AsObject().Remove("name") },
        { "servers-use-https", "http://a/v1", document => document["servers"]![0]!["url"] = "http://a/v1" },
        { "include-major-version-in-uri", "https://a", document => document["servers"]![0]!["url"] = "https://a" },
        { "paths-no-trailing-slash", "/klanten/", document => Rename(document, "/klanten/") },
        { "paths-kebab-case", "/klantenLijst", document => Rename(document, "/klantenLijst") },
        { "http-methods", "/klanten trace", document => document["paths"]!["/klanten"]!["trace"] = new JsonObject() },
        { "query-keys-camel-case", "klant_list een_naam", document => Operation(document)["parameters"]![0]!["name"] = "een_naam" },
        { "problem-invalid-input", "klant_list", document => Operation(document)["responses"]!.AsObject().Remove("400") },
        { "missing-version-header", "klant_list 200", document => Operation(document)["responses"]!["200"]!.AsObject().Remove("headers") },
        { "use-problem-schema", "klant_list 418", document => Refuse(document, "application/json", "Fout") },
        { "problem-schema-members", "klant_list 418", document => Refuse(document, "application/problem+json", "KlantAdres") },
        { "schema-camel-case", "een_schema", document => document["components"]!["schemas"]!["een_schema"] = new JsonObject() },
        { "date-time-ensure-timezone", "KlantAdres.a", document => Property(document, "a", "date-time-local") },
        { "time-without-timezone", "KlantAdres.a", document => Property(document, "a", "time") },
        { "specify-format-for-date-and-time", "KlantAdres.eindDatum", document => Property(document, "eindDatum", null) },
        { "use-date-instead-of-datetime", "KlantAdres.eindDatum", document => Property(document, "eindDatum", "date-time") },
    };

    [Fact]
    public async Task The_document_breaks_the_rules_where_the_page_gives_a_reason_and_nowhere_else()
    {
        var page = await File.ReadAllTextAsync(Repository.PathOf("docs", "openapi.md"), TestContext.Current.CancellationToken);
        var rows = Row().Matches(page).Select(row => (row.Groups[1].Value, row.Groups[2].Value));
        Assert.Equal(rows.Order(), ApiDesignRules.Break(await server.JsonAsync()).Order());
    }

    [Theory]
    [MemberData(nameof(Breaches), DisableDiscoveryEnumeration = true)]
    public void A_document_that_breaks_a_rule_is_seen(string rule, string place, Action<JsonNode> breach)
    {
        var document = Tree.OpenApiFile();
        breach(document);
        Assert.Contains((rule, place), ApiDesignRules.Break(document));
    }

    private static JsonNode Operation(JsonNode document) => document["paths"]!["/klanten"]!["get"]!;

    private static void Rename(JsonNode document, string path)
    {
        var paths = document["paths"]!.AsObject();
        paths[path] = paths["/klanten"]!.DeepClone();
    }

    private static void Refuse(JsonNode document, string mediaType, string schema)
    {
        var described = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = $"#/components/schemas/{schema}" } };
        Operation(document)["responses"]!["418"] = new JsonObject { ["content"] = new JsonObject { [mediaType] = described } };
    }

    private static void Property(JsonNode document, string name, string? format)
    {
        var property = new JsonObject { ["type"] = "string" };
        if (format is not null) property["format"] = format;
        document["components"]!["schemas"]!["KlantAdres"]!["properties"]![name] = property;
    }

    [GeneratedRegex(@"^\| `([a-z0-9-]+)` \| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
