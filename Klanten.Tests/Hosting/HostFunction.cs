using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Klanten.Tests.Hosting;

/// <summary>
/// A function as the Functions host reads it (host v4: names, bindings of http and timer triggers, routes). What the host
/// would refuse or not understand throws.
/// </summary>
internal sealed partial record HostFunction(string Name, string? Route, IReadOnlyList<string>? Methods, string? AuthLevel, string? Schedule)
{
    private static readonly string[] Verbs = ["get", "head", "post", "put", "patch", "delete", "options", "trace"];
    private static readonly string[] AuthLevels = ["anonymous", "function", "admin"];

    /// <summary>Every folder with a function.json, in the order in which the host tries them.</summary>
    public static IReadOnlyList<HostFunction> ReadAll(string folder) =>
    [
        .. Directory.EnumerateDirectories(folder).Where(d => File.Exists(Path.Combine(d, "function.json")))
            .Select(d => Read(Path.GetFileName(d), File.ReadAllBytes(Path.Combine(d, "function.json"))))
            .OrderBy(f => f.Name, StringComparer.OrdinalIgnoreCase),
    ];

    public static HostFunction Read(string name, byte[] json)
    {
        Require(AllowedName().IsMatch(name), name, "is no name for a function");
        using var document = JsonDocument.Parse(json);
        Allow(name, document.RootElement, "bindings");
        var bindings = document.RootElement.GetProperty("bindings").EnumerateArray().ToList();
        var triggers = bindings.Where(b => Text(b, "type")!.EndsWith("Trigger", StringComparison.Ordinal)).ToList();
        Require(triggers.Count == 1, name, "must have one trigger");
        Require(bindings.All(b => AllowedBindingName().IsMatch(Text(b, "name")!)), name, "has a binding without a proper name");
        Require(bindings.Select(b => Text(b, "name")).Distinct(StringComparer.OrdinalIgnoreCase).Count() == bindings.Count, name, "has two bindings of one name");
        Require(Text(triggers[0], "direction") == "in", name, "has a trigger that is no input");
        return Text(triggers[0], "type") switch
        {
            "httpTrigger" => ReadHttp(name, triggers[0], bindings),
            "timerTrigger" => ReadTimer(name, triggers[0], bindings),
            var other => throw new InvalidDataException($"{name}: {other} is not known"),
        };
    }

    /// <summary>Routing in the host: without regard for case, and with or without a slash at the end.</summary>
    public bool Matches(string prefix, string method, PathString path) =>
        Route is not null
        && (Methods is null || Methods.Contains(method, StringComparer.OrdinalIgnoreCase))
        && new TemplateMatcher(TemplateParser.Parse($"{prefix}/{Route}"), []).TryMatch(path, new RouteValueDictionary());

    private static HostFunction ReadHttp(string name, JsonElement trigger, List<JsonElement> bindings)
    {
        Allow(name, trigger, "type", "direction", "name", "authLevel", "methods", "route");
        Require(bindings.Count == 2 && bindings.Exists(b => Text(b, "type") == "http" && Text(b, "direction") == "out"), name, "must have one output, of type http");
        var methods = trigger.TryGetProperty("methods", out var listed) ? listed.EnumerateArray().Select(m => m.GetString()!).ToList() : null;
        Require(methods is null || (methods.Count > 0 && methods.TrueForAll(Verbs.Contains)), name, "has an unknown method");
        var route = Text(trigger, "route");
        Require(route is not null && !route.StartsWith('/') && !Reserved().IsMatch(route), name, "has a route that the host refuses");
        var authLevel = Text(trigger, "authLevel");
        Require(AuthLevels.Contains(authLevel), name, "has an unknown authLevel");
        return new(name, route, methods, authLevel, null);
    }

    private static HostFunction ReadTimer(string name, JsonElement trigger, List<JsonElement> bindings)
    {
        Allow(name, trigger, "type", "direction", "name", "schedule");
        Require(bindings.Count == 1, name, "is a timer with other bindings");
        var schedule = Text(trigger, "schedule");
        Require(schedule?.Split(' ').Length == 6, name, "has a schedule that is not of six fields");
        return new(name, null, null, null, schedule);
    }

    private static string? Text(JsonElement element, string property) => element.TryGetProperty(property, out var value) ? value.GetString() : null;

    private static void Allow(string name, JsonElement element, params string[] properties) =>
        Require(element.EnumerateObject().All(p => properties.Contains(p.Name)), name, "has a property that the host does not know");

    private static void Require(bool condition, string name, string otherwise)
    {
        if (!condition) throw new InvalidDataException($"{name} {otherwise}");
    }

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,127}$", RegexOptions.IgnoreCase)]
    private static partial Regex AllowedName();

    [GeneratedRegex(@"^([a-zA-Z][a-zA-Z0-9]{0,127}|\$return)$")]
    private static partial Regex AllowedBindingName();

    [GeneratedRegex("^(admin|runtime)(/|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();
}
