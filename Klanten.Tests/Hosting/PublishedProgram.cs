using System.Runtime.InteropServices;
using Klanten.Tests.Hosting;
using Klanten.Tests.Support;

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

    /// <summary>The same as one file, made as scripts/package.sh makes it.</summary>
    public async Task<string> ZipAsync()
    {
        var (input, zip) = (await FolderAsync(), Path.Combine(Artifacts, "klanten.zip"));
        await RunAsync("msbuild", Repository.PathOf("scripts", "zip.proj"), $"-property:Folder={input}", $"-property:Zip={zip}");
        return zip;
    }

    private static async Task<string> PublishAsync()
    {
        var output = Path.Combine(Artifacts, "folder");
        if (Directory.Exists(output)) Directory.Delete(output, recursive: true);
        await RunAsync(
            "publish", "Klanten.Functions", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "-o", output,
            "--artifacts-path", Artifacts, "--disable-build-servers");
        return output;
    }

    private static async Task RunAsync(params string[] arguments)
    {
        var (exitCode, log) = await ChildProcess.RunAsync("dotnet", arguments, Repository.Root);
        if (exitCode != 0) throw new InvalidOperationException(log);
    }
}
