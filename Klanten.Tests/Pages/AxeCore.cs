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
        if (!File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json")))
        {
            var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
            var (exitCode, output) = await ChildProcess.RunAsync(npm, ["ci", "--no-audit", "--no-fund"], folder);
            Assert.True(exitCode == 0, $"npm ci failed: {output}");
        }
        return await File.ReadAllTextAsync(Path.Combine(folder, "node_modules", "axe-core", "axe.min.js"));
    }
}
