using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

public sealed class UnopenedStoreTests(PublishedProgram published)
{
    [Fact]
    public async Task A_store_that_cannot_be_opened_ends_the_program_and_the_log_and_standard_error_say_so()
    {
        var folder = await published.FolderAsync();
        var settings = new Dictionary<string, string?>
        {
            ["Klanten__Sqlite__Pad"] = Path.Combine(folder, "host.json", "klanten.db"),
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        };

        var (exitCode, output) = await ChildProcess.RunAsync(Path.Combine(folder, "Klanten.Functions"), [], folder, settings);

        Assert.Equal(1, exitCode);
        Assert.Contains("The store cannot be opened (Klanten:Opslag is Sqlite).", output, StringComparison.Ordinal);
        Assert.Contains("\nThe store cannot be opened (Klanten:Opslag is Sqlite): ", "\n" + output, StringComparison.Ordinal);
    }
}
