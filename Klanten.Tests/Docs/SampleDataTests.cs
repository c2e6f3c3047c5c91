using Klanten.Tests.Support;

namespace Klanten.Tests.Docs;

/// <summary>The command of the README that fills a store with sample data.</summary>
public sealed class SampleDataTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_adds_the_klanten_that_were_asked_for_to_the_store_of_the_configuration()
    {
        var store = new Dictionary<string, string?> { ["Klanten:Sqlite:Pad"] = folder.Database };
        var tool = Repository.PathOf("tools", "Klanten.Seed", "bin", Configuration, "net10.0", "Klanten.Seed.dll");
        var environment = store.ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value);

        var (exitCode, output) = await ChildProcess.RunAsync("dotnet", [tool, "--aantal", "150"], folder.Path, environment);

        Assert.True(exitCode == 0, output);
        await using var host = await KlantenHost.StartAsync(store);
        var list = await host.Client.GetStringAsync("klanten", TestContext.Current.CancellationToken);
        Assert.StartsWith("{\"count\":150,", list, StringComparison.Ordinal);
    }

    /// <summary>Debug or Release, as these tests were built.</summary>
    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
}
