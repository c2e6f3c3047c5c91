using System.Runtime.InteropServices;
using Klanten.Tests.Hosting;

[assembly: AssemblyFixture(typeof(PublishedProgram))]

namespace Klanten.Tests.Hosting;

/// <summary>The program as it is packaged: published once in a test run, when the first test asks for it.</summary>
public sealed class PublishedProgram
{
    /// <summary>A tree of its own, so that neither a build nor the running tests find their files replaced.</summary>
    private static readonly string Artifacts = Repository.PathOf("artifacts", "package-test");

    private readonly Lazy<Task<string>> folder = new(PublishAsync);

    /// <summary>The folder that the Functions host would start.</summary>
    public Task<string> FolderAsync() => folder.Value;

    /// <summary>The same as one file.</summary>
    public async Task<string> ZipAsync()
    {
        await FolderAsync();
        return Path.Combine(Artifacts, "klanten.zip");
    }

    private static async Task<string> PublishAsync()
    {
        var output = Path.Combine(Artifacts, "folder");
        if (Directory.Exists(output)) Directory.Delete(output, recursive: true);
        var (exitCode, log) = await ChildProcess.RunAsync(
            "dotnet",
            [
                "publish", "Klanten.Functions", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", output,
                "--artifacts-path", Artifacts, $"-p:FunctionsZip={Path.Combine(Artifacts, "klanten.zip")}", "--disable-build-servers",
            ],
            Repository.Root);
        return exitCode == 0 ? output : throw new InvalidOperationException(log);
    }
}
