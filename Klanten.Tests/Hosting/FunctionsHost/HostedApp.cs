using System.Text.Json;

namespace Klanten.Tests.Hosting.FunctionsHost;

/// <summary>What the host reads in a published folder: host.json, and worker.config.json for how the program is started.</summary>
/// <param name="Folder">The published folder.</param>
/// <param name="RoutePrefix">What comes before the route of every function.</param>
/// <param name="Executable">The file that is started.</param>
/// <param name="Arguments">What it is given before the arguments that every worker gets.</param>
internal sealed record HostedApp(string Folder, string RoutePrefix, string Executable, IReadOnlyList<string> Arguments)
{
    private const string DefaultPrefix = "api";

    /// <summary>Null when there is no host.json: the host then starts nothing and answers every request with an error.</summary>
    public static HostedApp? Read(string folder)
    {
        var hostJson = Path.Combine(folder, "host.json");
        if (!File.Exists(hostJson)) return null;
        using var host = JsonDocument.Parse(File.ReadAllBytes(hostJson));
        using var worker = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "worker.config.json")));
        var description = worker.RootElement.GetProperty("description");
        var executable = description.GetProperty("defaultExecutablePath").GetString()!;
        return new(
            folder,
            PrefixIn(host.RootElement),
            executable.Replace("{WorkerRoot}", folder + Path.DirectorySeparatorChar, StringComparison.Ordinal),
            [.. ArgumentsIn(description), .. WorkerPathIn(description, folder)]);
    }

    private static string PrefixIn(JsonElement host) =>
        host.TryGetProperty("extensions", out var extensions)
        && extensions.TryGetProperty("http", out var http)
        && http.TryGetProperty("routePrefix", out var prefix)
            ? prefix.GetString()!
            : DefaultPrefix;

    private static IEnumerable<string> ArgumentsIn(JsonElement description) =>
        description.TryGetProperty("arguments", out var arguments) ? arguments.EnumerateArray().Select(a => a.GetString()!) : [];

    private static IEnumerable<string> WorkerPathIn(JsonElement description, string folder) =>
        description.TryGetProperty("defaultWorkerPath", out var path) && path.GetString() is { Length: > 0 } name
            ? [Path.Combine(folder, name)]
            : [];
}
