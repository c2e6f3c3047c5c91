using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

public sealed class UnopenedStoreTests(PublishedProgram published)
{
    /// <remarks>The log is English in both languages.</remarks>
    [Theory]
    [InlineData("C.UTF-8", "De opslag kan niet worden geopend (Klanten:Opslag is Sqlite): ")]
    [InlineData("en_GB.UTF-8", "The store cannot be opened (Klanten:Opslag is Sqlite): ")]
    public async Task A_store_that_cannot_be_opened_ends_the_program_and_the_log_and_standard_error_say_so(string locale, string sentence)
    {
        var folder = await published.FolderAsync();
        var settings = new Dictionary<string, string?>
        {
            ["Klanten__Sqlite__Pad"] = Path.Combine(folder, "host.json", "klanten.db"),
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["LC_ALL"] = locale,
        };

        var (exitCode, output) = await ChildProcess.RunAsync(Path.Combine(folder, "Klanten.Functions"), [], folder, settings);

        Assert.Equal(1, exitCode);
        Assert.Contains("The store is not opened (Klanten:Opslag is Sqlite).", output, StringComparison.Ordinal);
        Assert.Contains("\n" + sentence, "\n" + output, StringComparison.Ordinal);
    }
}
