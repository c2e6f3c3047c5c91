using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Klanten.Functions.Hosting;

/// <summary>A function as the Functions host reads it from <c>NAME/function.json</c>.</summary>
internal sealed partial record FunctionJson(string Name, JsonObject Content)
{
    /// <summary>
    /// One function for each named endpoint, in the order in which the host tries them: by name, first match wins.
    /// Endpoints without a name are left to the function that catches all, which therefore must come last.
    /// </summary>
    /// <exception cref="InvalidOperationException">The host would refuse the functions, or never reach some of them.</exception>
    public static IReadOnlyList<FunctionJson> Of(IEnumerable<Endpoint> endpoints)
    {
        var functions = endpoints.OfType<RouteEndpoint>()
            .Select(endpoint => (endpoint, name: endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName))
            .Where(named => named.name is not null)
            .OrderBy(named => named.name, StringComparer.OrdinalIgnoreCase)
            .ToList();
        foreach (var (_, name) in functions)
            if (!AllowedName().IsMatch(name!)) throw new InvalidOperationException($"'{name}' cannot be the name of a function.");
        if (functions.FindIndex(f => FunctionRoutes.IsCatchAll(f.endpoint)) is >= 0 and var catchAll && catchAll < functions.Count - 1)
            throw new InvalidOperationException($"The function '{functions[^1].name}' comes after the one that catches all, '{functions[catchAll].name}': the host would never reach it.");
        return [.. functions.Select(f => new FunctionJson(f.name!, Describe(f.endpoint)))];
    }

    private static JsonObject Describe(RouteEndpoint endpoint) => new()
    {
        ["bindings"] = endpoint.Metadata.GetMetadata<TimerTrigger>() is { } timer
            ? new JsonArray(Timer(timer))
            : new JsonArray(HttpIn(endpoint), HttpOut()),
    };

    private static JsonObject HttpIn(RouteEndpoint endpoint)
    {
        var trigger = new JsonObject
        {
            ["type"] = "httpTrigger",
            ["direction"] = "in",
            ["name"] = "req",
            // Tokens are checked by the program; any other level would have the host ask for a key of its own.
            ["authLevel"] = "anonymous",
        };
        if (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { HttpMethods: { Count: > 0 } methods })
            trigger["methods"] = new JsonArray([.. methods.Select(m => JsonValue.Create(m.ToLowerInvariant()))]);
        trigger["route"] = FunctionRoutes.Of(endpoint);
        return trigger;
    }

    private static JsonObject HttpOut() => new() { ["type"] = "http", ["direction"] = "out", ["name"] = "res" };

    private static JsonObject Timer(TimerTrigger timer) => new()
    {
        ["type"] = "timerTrigger",
        ["direction"] = "in",
        ["name"] = "timer",
        ["schedule"] = timer.Schedule,
    };

    /// <summary>The host's own rule (Utility.IsValidFunctionName).</summary>
    [GeneratedRegex("^[a-z][a-z0-9_-]{0,127}$", RegexOptions.IgnoreCase)]
    private static partial Regex AllowedName();
}
