extern alias JsonSchemaNet;

using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using JsonSchemaNet::Json.Schema;
using Klanten.Tests.Support;

namespace Klanten.Tests.OpenApi;

/// <summary>
/// The answers that an OpenAPI document describes, by operation and status. The clients of the tests compare every answer with
/// openapi.yaml in passing (<see cref="Check"/>).
/// </summary>
/// <param name="document">The document.</param>
internal sealed class DescribedAnswers(JsonNode document)
{
    private const string Server = "/api/v1";

    /// <summary>Not every answer has it: waiting does not repair a damaged store.</summary>
    private const string Optional = "Retry-After";

    private static readonly EvaluationOptions Options = new() { OutputFormat = OutputFormat.List, RequireFormatValidation = true };

    private static readonly DescribedAnswers InFile = new(Tree.OpenApiFile());

    private readonly AnswerSchemas schemas = new(document);
    private readonly ConcurrentDictionary<(string Operation, int Status), JsonSchema> bodies = [];

    /// <summary>The headers that the document describes for any answer.</summary>
    private readonly HashSet<string> headers = [.. HeadersIn(document)];

    private readonly (string[] Path, string Method, JsonNode Operation)[] operations =
    [
        .. from path in document["paths"]!.AsObject()
           from method in path.Value!.AsObject()
           where method.Value is JsonObject operation && operation.ContainsKey("operationId")
           select (path.Key.Split('/'), method.Key.ToUpperInvariant(), method.Value),
    ];

    /// <summary>Fails when openapi.yaml does not describe the answer.</summary>
    /// <param name="target">The path of the request, or its URL.</param>
    /// <param name="answer">An answer of the program, or of what is in front of it.</param>
    public static Answer Check(string target, Answer answer)
    {
        var violations = InFile.Violations(target, answer).ToArray();
        Assert.True(violations.Length == 0, $"{string.Join('\n', violations)}\n{answer}");
        return answer;
    }

    /// <summary>What the document does not describe of the answer, a sentence each.</summary>
    public IEnumerable<string> Violations(string target, Answer answer)
    {
        if (OperationOf(answer.Method, target) is not { } operation || IsOfTheServer(answer))
        {
            return [];
        }
        var name = operation["operationId"]!.ToString();
        return ResponseOf(operation, answer.Status) is { } response
            ? HeaderViolations(name, response, answer).Concat(ContentViolations(name, response, answer))
            : [$"{name} may not answer {answer.Status} by openapi.yaml."];
    }

    /// <summary>The operation of a request; null when the document has none.</summary>
    public string? OperationId(string method, string target) => OperationOf(method, target)?["operationId"]!.ToString();

    private static IEnumerable<string> HeadersIn(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(entry =>
            entry is { Key: "headers", Value: JsonObject described } ? described.Select(header => header.Key) : HeadersIn(entry.Value)),
        JsonArray a => a.SelectMany(HeadersIn),
        _ => [],
    };

    /// <summary>Whether a server answered before the program saw the request: it says no more than a status.</summary>
    private static bool IsOfTheServer(Answer answer) => answer is { Status: >= 400, Bytes.Length: 0 } && answer["API-version"] is null;

    /// <summary>The operation of the document; null when it has none at this path, or none of this method.</summary>
    private JsonNode? OperationOf(string method, string target)
    {
        var path = target.Split('?')[0];
        if (path.IndexOf(Server + "/", StringComparison.Ordinal) is not (>= 0 and var start))
        {
            return null;
        }
        var segments = path[(start + Server.Length)..].Split('/');
        // A HEAD is answered as the GET that the document describes.
        var described = method == "HEAD" ? "GET" : method;
        return operations.FirstOrDefault(operation => operation.Method == described && Matches(operation.Path, segments)).Operation;
    }

    private static bool Matches(string[] template, string[] segments) =>
        template.Length == segments.Length
        && template.Zip(segments).All(pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First == pair.Second);

    private JsonNode? ResponseOf(JsonNode operation, int status)
    {
        var response = operation["responses"]![$"{status}"];
        return response?["$ref"]?.ToString() is { } reference
            ? document["components"]!["responses"]![reference.Split('/')[^1]]
            : response;
    }

    private IEnumerable<string> HeaderViolations(string operation, JsonNode response, Answer answer)
    {
        foreach (var header in headers.Where(header => answer[header] is not null && response["headers"]?[header] is null))
        {
            yield return $"{operation} answers {answer.Status} with the header {header}, which openapi.yaml does not name.";
        }
        foreach (var (header, description) in response["headers"]?.AsObject() ?? [])
        {
            var value = answer[header];
            if (value is null && header != Optional)
            {
                yield return $"{operation} answers {answer.Status} without the header {header}.";
            }
            else if (value is not null && description!["schema"]!["type"]!.ToString() == "integer" && !int.TryParse(value, out _))
            {
                yield return $"{operation} answers {answer.Status} with {header}: {value}, which is no integer.";
            }
        }
    }

    private IEnumerable<string> ContentViolations(string operation, JsonNode response, Answer answer)
    {
        if (answer.Method == "HEAD")
        {
            return [];
        }
        if (response["content"]?.AsObject() is not { } content)
        {
            return answer.Bytes.Length == 0 ? [] : [$"{operation} answers {answer.Status} with content, and openapi.yaml has none."];
        }
        var mediaType = answer["Content-Type"]?.Split(';')[0] ?? "";
        if (content[mediaType] is not { } described)
        {
            return [$"{operation} answers {answer.Status} as {mediaType}, which openapi.yaml does not name."];
        }
        var schema = bodies.GetOrAdd((operation, answer.Status), _ => schemas.ToJsonSchema(described["schema"]!));
        using var body = JsonDocument.Parse(answer.Bytes);
        var result = schema.Evaluate(body.RootElement, Options);
        return result.IsValid ? [] : Errors(result).Select(error => $"{operation} answers {answer.Status}: {error}");
    }

    /// <summary>A key that is not described comes last: after another error no key of the object counts as described.</summary>
    private static IEnumerable<string> Errors(EvaluationResults result) =>
        from detail in result.Details ?? []
        where !detail.IsValid
        from error in detail.Errors ?? []
        orderby error.Key.Length == 0
        select $"{detail.InstanceLocation} {error.Key}: {error.Value}";
}
