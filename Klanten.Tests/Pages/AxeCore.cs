using Klanten.Tests.Support;

namespace Klanten.Tests.Pages;

/// <summary>The accessibility checker axe-core, from npm, in the version of the lock file.</summary>
internal static class AxeCore
{
    private static readonly Lazy<Task<string>> Source = new(ReadAsync);

    /// <summary>Its script.</summary>
    public static Task<string> SourceAsync() => Source.Value;

    private static async Task<string> ReadAsync()
    {
        var folder = Repository.PathOf("Klanten.Tests", "Pages", "Axe");
        await Npm.InstallAsync(folder);
        return await File.ReadAllTextAsync(Path.Combine(folder, "node_modules", "axe-core", "axe.min.js"));
    }
}
