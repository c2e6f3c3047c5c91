using System.Text.Json;
using System.Text.RegularExpressions;
using Klanten.Tests.Hosting.FunctionsHost.Protocol;

namespace Klanten.Tests.Hosting.FunctionsHost;

/// <summary>
/// A function as the host understands its metadata: a name and one trigger, of HTTP or of a timer. What the host would
/// refuse, and anything that this double does not support throws.
/// </summary>
/// <param name="Metadata">Its metadata, from the worker or functions.metadata.</param>
/// <param name="Trigger">The name of the trigger's parameter.</param>
/// <param name="Route">Null when the trigger is a timer.</param>
/// <param name="Methods">In upper case; null for every method.</param>
/// <param name="AuthLevel">Which key the host asks of a caller.</param>
/// <param name="Schedule">Null when the trigger is HTTP.</param>
internal sealed partial record HostFunction(
    RpcFunctionMetadata Metadata, string Trigger, string? Route, IReadOnlyList<string>? Methods, string? AuthLevel, string? Schedule)
{
    private static readonly string[] Verbs = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"];

    public string Name => Metadata.Name;

    /// <summary>The functions of the file that the build leaves in the published folder, in the order of the host.</summary>
    public static IReadOnlyList<HostFunction> ReadFile(string folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "functions.metadata")));
        return ReadAll(document.RootElement.EnumerateArray().Select(MetadataOf));
    }

    public static IReadOnlyList<HostFunction> ReadAll(IEnumerable<RpcFunctionMetadata> functions)
    {
        var all = functions.Select(Read).OrderBy(f => f.Name, StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var (name, count) in all.CountBy(f => f.Name, StringComparer.OrdinalIgnoreCase))
        {
            Require(count == 1, name, "is the name of two functions");
        }
        return all;
    }

    private static HostFunction Read(RpcFunctionMetadata function)
    {
        var name = function.Name;
        Require(AllowedName().IsMatch(name), name, "is no name for a function");
        var bindings = function.RawBindings.Select(Parse).ToList();
        var triggers = bindings.Where(b => Text(b, "type")!.EndsWith("Trigger", StringComparison.OrdinalIgnoreCase)).ToList();
        Require(triggers.Count == 1, name, "must have one trigger");
        Require("in".Equals(Text(triggers[0], "direction"), StringComparison.OrdinalIgnoreCase), name, "has a trigger that is no input");
        return Text(triggers[0], "type") switch
        {
            "httpTrigger" => ReadHttp(function, triggers[0]),
            "timerTrigger" => ReadTimer(function, triggers[0]),
            var other => throw new InvalidDataException($"{name}: this double knows no {other}"),
        };
    }

    private static HostFunction ReadHttp(RpcFunctionMetadata function, JsonElement trigger)
    {
        var name = function.Name;
        var methods = MethodsIn(trigger);
        Require(methods.TrueForAll(Verbs.Contains), name, "has an unknown method");
        var route = Text(trigger, "route") ?? name;
        Require(!route.StartsWith('/') && !Reserved().IsMatch(route), name, "has a route that the host refuses");
        Require(!route.Contains(':', StringComparison.Ordinal), name, "has a constraint in its route, which this double does not know");
        return new(function, Text(trigger, "name")!, route, methods.Count > 0 ? methods : null, Text(trigger, "authLevel"), null);
    }

    private static HostFunction ReadTimer(RpcFunctionMetadata function, JsonElement trigger)
    {
        var schedule = Text(trigger, "schedule");
        Require(schedule?.Split(' ').Length == 6, function.Name, "has a schedule that is not of six fields");
        return new(function, Text(trigger, "name")!, null, null, null, schedule);
    }

    private static RpcFunctionMetadata MetadataOf(JsonElement function)
    {
        var metadata = new RpcFunctionMetadata
        {
            Name = Text(function, "name"),
            ScriptFile = Text(function, "scriptFile"),
            EntryPoint = Text(function, "entryPoint"),
            Language = Text(function, "language"),
            FunctionId = Guid.NewGuid().ToString(),
        };
        metadata.RawBindings.AddRange(function.GetProperty("bindings").EnumerateArray().Select(b => b.GetRawText()));
        return metadata;
    }

    private static JsonElement Parse(string binding)
    {
        using var document = JsonDocument.Parse(binding);
        return document.RootElement.Clone();
    }

    private static List<string> MethodsIn(JsonElement trigger) =>
        trigger.TryGetProperty("methods", out var methods)
            ? [.. methods.EnumerateArray().Select(m => m.GetString()!.ToUpperInvariant())]
            : [];

    private static string? Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) ? value.GetString() : null;

    private static void Require(bool condition, string name, string otherwise)
    {
        if (!condition) throw new InvalidDataException($"{name} {otherwise}");
    }

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,127}$", RegexOptions.IgnoreCase)]
    private static partial Regex AllowedName();

    [GeneratedRegex("^(admin|runtime)(/|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();
}
