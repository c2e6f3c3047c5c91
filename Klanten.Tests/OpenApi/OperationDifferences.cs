using System.Text.Json.Nodes;

namespace Klanten.Tests.OpenApi;

/// <summary>An operation, as a document or the program has it.</summary>
/// <param name="Name">The operationId.</param>
/// <param name="Method">In capitals. HEAD is left out, because every GET has it.</param>
/// <param name="Path">From the server, with a slash in front.</param>
/// <param name="Scope">What the caller needs.</param>
internal sealed record ApiOperation(string Name, string Method, string Path, string Scope);

/// <summary>Names each difference between the operations of the program and those of the document, a sentence each.</summary>
internal static class OperationDifferences
{
    public static IEnumerable<string> Between(IEnumerable<ApiOperation> program, JsonNode document)
    {
        var functions = program.ToDictionary(operation => operation.Name);
        var operations = OperationsOf(document).ToDictionary(operation => operation.Name);
        foreach (var function in functions.Values.Where(function => !operations.ContainsKey(function.Name)))
            yield return $"The program has the operation {Show(function)} and openapi.yaml has not.";
        foreach (var operation in operations.Values)
        {
            if (!functions.TryGetValue(operation.Name, out var function))
            {
                yield return $"openapi.yaml has the operation {Show(operation)} and the program has not.";
                continue;
            }
            if (function.Method != operation.Method)
                yield return $"{operation.Name} has the method {function.Method} in the program and {operation.Method} in openapi.yaml.";
            if (function.Path != operation.Path)
                yield return $"{operation.Name} has the path {function.Path} in the program and {operation.Path} in openapi.yaml.";
            if (function.Scope != operation.Scope)
                yield return $"{operation.Name} needs the scope {function.Scope} in the program and {operation.Scope} in openapi.yaml.";
        }
    }

    private static IEnumerable<ApiOperation> OperationsOf(JsonNode document) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Key != "parameters"
        let scopes = operation.Value!["security"]![0]!["JWT-Claims"]!.AsArray()
        select new ApiOperation(
            operation.Value!["operationId"]!.ToString(),
            operation.Key.ToUpperInvariant(),
            path.Key,
            string.Join(' ', scopes.Select(scope => scope!.ToString())));

    private static string Show(ApiOperation operation) => $"{operation.Name} ({operation.Method} {operation.Path})";
}
