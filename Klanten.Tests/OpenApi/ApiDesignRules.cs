using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Klanten.Tests.OpenApi;

/// <summary>
/// What the published linter of the API design rules (Logius, NLGov REST API Design Rules) says of a document: the same rules, by the
/// same names.
/// </summary>
internal static partial class ApiDesignRules
{
    private static readonly string[] Verbs = ["get", "put", "post", "delete", "patch"];

    /// <summary>The name of a rule, and the place where the document breaks it.</summary>
    public static IEnumerable<(string Rule, string Place)> Break(JsonNode document) =>
    [
        .. OfTheWhole(document),
        .. document["paths"]!.AsObject().SelectMany(path => OfPath(path.Key, path.Value!.AsObject())),
        .. Operations(document).SelectMany(operation => OfOperation(document, operation)),
        .. Schemas(document).SelectMany(OfSchema),
    ];

    private static IEnumerable<(string Rule, string Place)> OfTheWhole(JsonNode document)
    {
        var info = document["info"]!;
        if (!Version3().IsMatch((string)document["openapi"]!)) yield return ("openapi3", "openapi");
        if (!SemanticVersion().IsMatch((string)info["version"]!)) yield return ("semver", "info.version");
        if (info["contact"] is null) yield return ("info-contact", "info");
        foreach (var field in (string[])["email", "name", "url"])
        {
            if (info["contact"]?[field] is null) yield return ("info-contact-fields-exist", $"info.contact.{field}");
        }
        foreach (var server in document["servers"]!.AsArray().Select(server => (string)server!["url"]!))
        {
            if (server.StartsWith("http://", StringComparison.Ordinal)) yield return ("servers-use-https", server);
            if (!MajorVersion().IsMatch(server)) yield return ("include-major-version-in-uri", server);
        }
    }

    private static IEnumerable<(string Rule, string Place)> OfPath(string path, JsonObject item)
    {
        if (path.Length > 1 && path.EndsWith('/')) yield return ("paths-no-trailing-slash", path);
        if (!KebabCase().IsMatch(path)) yield return ("paths-kebab-case", path);
        foreach (var key in item.Select(entry => entry.Key).Where(key => key != "parameters" && !Verbs.Contains(key)))
        {
            yield return ("http-methods", $"{path} {key}");
        }
    }

    private static IEnumerable<(string Rule, string Place)> OfOperation(
        JsonNode document, (string Id, string Verb, JsonNode Node) operation)
    {
        var (id, verb, node) = operation;
        var parameters = node["parameters"]?.AsArray().Select(parameter => Follow(document, parameter!)).ToArray() ?? [];
        foreach (var name in parameters.Where(p => (string?)p["in"] == "query").Select(p => (string)p["name"]!))
        {
            if (!CamelCase().IsMatch(name)) yield return ("query-keys-camel-case", $"{id} {name}");
        }
        var responses = node["responses"]!.AsObject();
        if ((verb is "put" or "post" or "patch" || parameters.Length > 0) && !responses.ContainsKey("400"))
        {
            yield return ("problem-invalid-input", id);
        }
        foreach (var (status, response) in responses.Select(entry => (entry.Key, Follow(document, entry.Value!))))
        {
            if (status[0] is '2' or '3' && !HasVersion(response)) yield return ("missing-version-header", $"{id} {status}");
            if (status[0] is '2' or '3' || response["content"] is not JsonObject content) continue;
            if (content["application/problem+json"] is not { } problem) yield return ("use-problem-schema", $"{id} {status}");
            else if (!HasMembers(Follow(document, problem["schema"]!))) yield return ("problem-schema-members", $"{id} {status}");
        }
    }

    private static IEnumerable<(string Rule, string Place)> OfSchema((string Name, JsonNode Node) schema)
    {
        if (!PascalCase().IsMatch(schema.Name)) yield return ("schema-camel-case", schema.Name);
        foreach (var (name, property) in schema.Node["properties"]?.AsObject() ?? [])
        {
            var format = (string?)property!["format"];
            var place = $"{schema.Name}.{name}";
            if (format == "date-time-local") yield return ("date-time-ensure-timezone", place);
            if (format == "time") yield return ("time-without-timezone", place);
            if (!IsDate(name)) continue;
            if (format is null && property["allOf"] is null) yield return ("specify-format-for-date-and-time", place);
            if (format == "date-time") yield return ("use-date-instead-of-datetime", place);
        }
    }

    private static IEnumerable<(string Id, string Verb, JsonNode Node)> Operations(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where Verbs.Contains(operation.Key)
        select ((string)operation.Value!["operationId"]!, operation.Key, operation.Value!);

    private static IEnumerable<(string Name, JsonNode Node)> Schemas(JsonNode document) =>
        document["components"]!["schemas"]!.AsObject().Select(schema => (schema.Key, schema.Value!));

    private static bool HasVersion(JsonNode response) =>
        response["headers"]?.AsObject().Any(header => header.Key.Equals("API-version", StringComparison.OrdinalIgnoreCase)) == true;

    private static bool HasMembers(JsonNode schema) =>
        schema["properties"] is JsonObject properties && ((string[])["status", "title", "detail"]).All(properties.ContainsKey);

    private static JsonNode Follow(JsonNode document, JsonNode node) => (string?)node["$ref"] is { } reference
        ? reference[2..].Split('/').Aggregate(document, (at, name) => at[name]!)
        : node;

    private static bool IsDate(string name) => name is "date" or "datum" || DateName().IsMatch(name);

    [GeneratedRegex(@"^3(\.\d+){1,2}$")]
    private static partial Regex Version3();

    [GeneratedRegex(@"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[\w.-]+)?(\+[\w.-]+)?$")]
    private static partial Regex SemanticVersion();

    [GeneratedRegex(@"/v\d+")]
    private static partial Regex MajorVersion();

    [GeneratedRegex(@"^(/([a-z0-9-]+|\{[^}]+\}))+$|^/$")]
    private static partial Regex KebabCase();

    [GeneratedRegex(@"^\$?[a-z][a-z\d]*([A-Z][a-z\d]*)*$")]
    private static partial Regex CamelCase();

    [GeneratedRegex(@"^([A-Z][a-z\d]*)+$")]
    private static partial Regex PascalCase();

    [GeneratedRegex("(\\w+D|_[dD])(ate|atum)")]
    private static partial Regex DateName();
}
