using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

/// <summary>A program that is configured wrongly does not start, and prints the key of every mistake.</summary>
public sealed class ConfigurationMistakesTests(PublishedProgram published)
{
    [Fact]
    public async Task Every_mistake_is_named_by_its_key_and_the_program_ends()
    {
        var mistakes = new Dictionary<string, string?>
        {
            ["Klanten:PubliekeUrl"] = "klanten.gemeente.nl",
            ["Klanten:Sqlite:Pad"] = "",
            ["Klanten:Applicaties:0:Secret"] = "te kort",
            ["Klanten:Applicaties:1:ClientIds:0"] = "dubbel",
            ["Klanten:Applicaties:1:Secret"] = new string('x', 32),
            ["Klanten:Applicaties:2:ClientIds:0"] = "dubbel",
            ["Klanten:Applicaties:2:Secret"] = new string('x', 32),
            ["Klanten:Autorisaties:Url"] = "ftp://autorisaties.example/",
            ["Klanten:Autorisaties:Secret"] = "te kort",
            ["Klanten:Autorisaties:Levensduur"] = "2.00:00:00",
            ["Klanten:Notificaties:ClientId"] = "zonder-url",
            ["Klanten:Subject:Timeout"] = "00:10:00",
            ["Klanten:Subject:ToegestaneHosts:0"] = "register:8080",
            ["Klanten:Subject:Credentials:0:Host"] = "http://register/",
            ["Klanten:Subject:Credentials:1:Host"] = "::1",
            ["Klanten:Subject:Credentials:1:ClientId"] = "x",
            ["Klanten:Subject:Credentials:1:Secret"] = new string('x', 32),
            ["Klanten:Subject:Credentials:2:Host"] = "[0::1]",
            ["Klanten:Subject:Credentials:2:ClientId"] = "x",
            ["Klanten:Subject:Credentials:2:Secret"] = "te kort",
        };
        var (exitCode, output) = await RunAsync(mistakes);
        Assert.Equal(1, exitCode);
        Assert.All(
            [
                "Klanten:PubliekeUrl ", "Klanten:Sqlite:Pad ", "Klanten:Applicaties:0:ClientIds ", "Klanten:Applicaties:0:Secret ",
                "Klanten:Applicaties:2:ClientIds:0 ",
                "Klanten:Autorisaties:Url ", "Klanten:Autorisaties:ClientId ", "Klanten:Autorisaties:Secret ",
                "Klanten:Autorisaties:Levensduur ", "Klanten:Notificaties:Url ",
                "Klanten:Subject:Timeout ", "Klanten:Subject:ToegestaneHosts:0 ", "Klanten:Subject:Credentials:0:Host ",
                "Klanten:Subject:Credentials:0:ClientId ",
                "Klanten:Subject:Credentials:0:Secret ", "Klanten:Subject:Credentials:2:Host ", "Klanten:Subject:Credentials:2:Secret ",
            ],
            (string key) => Assert.Contains($"\n{key}", "\n" + output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Klanten:Opslag", "Papier")]
    [InlineData("Klanten:Subject:Timeout", "even")]
    public async Task A_value_that_cannot_be_read_is_named_by_its_key(string key, string value)
    {
        var (exitCode, output) = await RunAsync(new() { [key] = value });
        Assert.Equal(1, exitCode);
        Assert.Contains(key, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_does_not_run_on_a_wrong_configuration_either()
    {
        var (exitCode, output) = await RunAsync(new() { ["Klanten:Subject:Timeout"] = "00:10:00" }, "notificaties-hervatten");
        Assert.Equal(1, exitCode);
        Assert.Contains("Klanten:Subject:Timeout", output, StringComparison.Ordinal);
    }

    /// <remarks>A host drops what a worker logs before its first invocation, but not what it prints.</remarks>
    [Fact]
    public async Task A_worker_does_not_start_on_a_wrong_configuration_and_prints_why()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => HostedProgram.StartAsync(published, new Dictionary<string, string?> { ["Klanten:Subject:Timeout"] = "00:10:00" }));
        Assert.Contains("Klanten:Subject:Timeout", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_secret_is_not_printed()
    {
        var (_, output) = await RunAsync(
            new() { ["Klanten:Applicaties:0:ClientIds:0"] = "x", ["Klanten:Applicaties:0:Secret"] = "zqgeheim" });
        Assert.DoesNotContain("zqgeheim", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(Dictionary<string, string?> settings, params string[] args)
    {
        using var folder = new TempFolder();
        return await KlantenProgram.RunAsync(folder.Path, settings, args);
    }
}
