using System.ComponentModel;

namespace Klanten.Tests.Support;

/// <summary>What a folder of the tests needs from npm, in the versions of its lock file.</summary>
internal static class Npm
{
    /// <summary>Installs it, unless it is there.</summary>
    public static async Task InstallAsync(string folder)
    {
        if (File.Exists(Path.Combine(folder, "node_modules", ".package-lock.json"))) return;
        try
        {
            var npm = OperatingSystem.IsWindows() ? "npm.cmd" : "npm";
            var (exitCode, output) = await ChildProcess.RunAsync(npm, ["ci", "--no-audit", "--no-fund"], folder);
            if (exitCode != 0) throw new InvalidOperationException($"npm ci failed: {output}");
        }
        catch (Win32Exception)
        {
            throw new InvalidOperationException("The tests need Node.js 20 or later with npm, which was not found.");
        }
    }
}
