using System.Text.Json;
using System.Text.Json.Nodes;
using Klanten.Tests.OpenApi;
using Klanten.Tests.Support;
using Xunit.Sdk;

namespace Klanten.Tests.Fuzzing;

/// <summary>What holds for every answer, whatever was asked.</summary>
internal static class Rules
{
    private const int MaxError = 64 * 1024;

    /// <summary>ADR 24.</summary>
    private const int MaxKlant = 405_000;

    /// <summary>Statuses that any operation may answer: of HTTP, not of the operation (RFC 9110; README and operations.md).</summary>
    private static readonly int[] OfHttp = [304, 400, 403, 404, 405, 406, 408, 412, 413, 414, 415, 431];

    /// <summary>What a server may say by itself about a request that is no HTTP.</summary>
    private static readonly int[] OfTheServer = [400, 405, 408, 411, 413, 414, 417, 421, 431, 501, 505];

    private static readonly Dictionary<string, int[]> Documented = Tree.OpenApiFile()["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject())
        .Where(method => method.Value is JsonObject operation && operation.ContainsKey("operationId"))
        .ToDictionary(
            method => method.Value!["operationId"]!.ToString(),
            method => method.Value!["responses"]!.AsObject().Select(response => int.Parse(response.Key, null)).ToArray());

    /// <summary>What is wrong with the answer, in a few words; null if nothing is.</summary>
    public static string? Broken(WireRequest request, Answer? answer)
    {
        if (answer is null) return request.ServerMayRefuse ? null : "there is no answer";
        if (answer.Status is >= 500 and not (501 or 505)) return $"status {answer.Status}";
        if (request.ServerMayRefuse && OfTheServer.Contains(answer.Status) && answer["API-version"] is null)
        {
            return answer.Bytes.Length == 0 ? null : "an error of the server has a body of another form";
        }
        if (answer.Status >= 500) return $"status {answer.Status}";
        if (answer.Status >= 400 && answer.Bytes.Length > MaxError) return $"an error of over {MaxError} bytes";
        if (request.Method is "POST" or "PUT" or "PATCH" && answer.Bytes.Length > MaxKlant) return $"a klant of over {MaxKlant} bytes";
        var isPlainCreate = request is { IsPlain: true, Operation: "klant_create" };
        if (isPlainCreate && !IsCreated(answer)) return $"a plain klant_create is {answer.Status}";
        if (request.Operation is { } operation && !IsAllowed(operation, answer.Status)) return $"status {answer.Status} of {operation}";
        if (!request.Target.StartsWith("/api/v1/klanten", StringComparison.Ordinal) && answer.Status < 400) return null;
        return request.HasOddFraming && HasRelativeType(answer) ? null : Form(answer);
    }

    /// <summary>Without a host of the program, an error has a type relative to the address that was asked (RFC 9457, 3.1.1).</summary>
    private static bool HasRelativeType(Answer answer) =>
        answer["Content-Type"] == "application/problem+json"
        && answer.Text.StartsWith("{\"type\":\"/ref/fouten/", StringComparison.Ordinal);

    private static bool IsAllowed(string operation, int status) =>
        OfHttp.Contains(status) || !Documented.TryGetValue(operation, out var statuses) || statuses.Contains(status);

    /// <summary>Created, or refused because it chose the number of another klant.</summary>
    private static bool IsCreated(Answer answer) =>
        answer.Status == 201 || (answer.Status == 400 && answer.Text.Contains("\"code\":\"unique\"", StringComparison.Ordinal));

    /// <summary>The headers that are always there, and the form of an error.</summary>
    private static string? Form(Answer answer)
    {
        if (answer["X-Frame-Options"] is null) return $"no X-Frame-Options at {answer.Status}";
        try
        {
            if (answer.Status < 400 || answer.Method == "HEAD") answer.ShouldBe(answer.Status);
            else answer.ShouldBeProblem(answer.Status, answer.Body.Text("code"));
            return null;
        }
        catch (Exception exception) when (exception is XunitException or JsonException or InvalidOperationException)
        {
            return $"the form of {answer.Status}: {exception.Message.Split('\n')[0]}";
        }
    }
}
