using System.Text.Json;
using Klanten.Tests.Infra;
using Klanten.Tests.Support;

[assembly: AssemblyFixture(typeof(ArmTemplate))]

namespace Klanten.Tests.Infra;

/// <summary>infra/main.bicep, built once in a test run into what Azure is asked for.</summary>
public sealed class ArmTemplate
{
    private static readonly string Bicep = typeof(ArmTemplate).Assembly
        .GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false)
        .Cast<System.Reflection.AssemblyMetadataAttribute>().Single(a => a.Key == "BicepPath").Value!;

    private readonly Lazy<Task<string>> json = new(BuildAsync);

    /// <summary>The whole template as text; throws when the compiler or the linter prints a message.</summary>
    public Task<string> TextAsync() => json.Value;

    public async Task<JsonElement> RootAsync()
    {
        using var document = JsonDocument.Parse(await json.Value);
        return document.RootElement.Clone();
    }

    /// <summary>Resources of a type, those of modules too.</summary>
    public async Task<IReadOnlyList<JsonElement>> OfTypeAsync(string type) =>
        [.. Flatten(await RootAsync()).Where(r => r.GetProperty("type").GetString() == type && !IsExisting(r))];

    /// <summary>The one resource of a type.</summary>
    public async Task<JsonElement> OneAsync(string type) => Assert.Single(await OfTypeAsync(type));

    /// <summary>The app settings that are the same in every deployment, by name; expressions as the template has them.</summary>
    public async Task<IReadOnlyDictionary<string, string?>> AppSettingsAsync()
    {
        var app = (await RootAsync()).GetProperty("resources").GetProperty("app").GetProperty("properties").GetProperty("template");
        return app.GetProperty("variables").GetProperty("baseSettings").EnumerateObject()
            .ToDictionary(s => s.Name, s => s.Value.GetString());
    }

    internal static Task<(int ExitCode, string Output)> RunBicepAsync(params string[] arguments) =>
        ChildProcess.RunAsync(Bicep, arguments, Repository.Root);

    private static async Task<string> BuildAsync()
    {
        var file = Path.GetTempFileName();
        try
        {
            var (exitCode, output) = await RunBicepAsync("build", "infra/main.bicep", "--outfile", file);
            return exitCode == 0 && string.IsNullOrWhiteSpace(output)
                ? await File.ReadAllTextAsync(file)
                : throw new InvalidOperationException(output);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static IEnumerable<JsonElement> Flatten(JsonElement template)
    {
        foreach (var resource in Resources(template.GetProperty("resources")))
        {
            yield return resource;
            if (resource.GetProperty("type").GetString() != "Microsoft.Resources/deployments") continue;
            foreach (var inner in Flatten(resource.GetProperty("properties").GetProperty("template"))) yield return inner;
        }
    }

    private static IEnumerable<JsonElement> Resources(JsonElement resources) =>
        resources.ValueKind == JsonValueKind.Array ? resources.EnumerateArray() : resources.EnumerateObject().Select(r => r.Value);

    private static bool IsExisting(JsonElement resource) => resource.TryGetProperty("existing", out var existing) && existing.GetBoolean();
}
