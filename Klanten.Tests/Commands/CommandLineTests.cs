using Klanten.Tests.Support;

namespace Klanten.Tests.Commands;

/// <summary>What the program does with its arguments.</summary>
public sealed class CommandLineTests
{
    /// <summary>No configuration can be right with this; a command that reads any fails.</summary>
    private static readonly Dictionary<string, string?> Broken = new() { ["Klanten:Opslag"] = "Papier" };

    [Theory]
    [InlineData("--help", "healthcheck")]
    [InlineData("-h", "token")]
    [InlineData("--version", ".")]
    public async Task A_question_about_the_program_is_answered_and_starts_no_server(string argument, string part)
    {
        var (exitCode, output) = await RunAsync(Broken, argument);
        Assert.Equal(0, exitCode);
        Assert.Contains(part, output, StringComparison.Ordinal);
        Assert.DoesNotContain("Now listening", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("helthcheck")]
    [InlineData("--hlep")]
    [InlineData("token", "--cleint", "demo")]
    [InlineData("--urls=http://127.0.0.1:0", "serve")]
    public async Task A_misspelled_command_is_an_error_and_starts_no_server(params string[] args)
    {
        var (exitCode, output) = await RunAsync([], args);
        Assert.Equal(1, exitCode);
        Assert.DoesNotContain("Now listening", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_health_check_builds_no_web_application()
    {
        var (exitCode, output) = await RunAsync(Broken, "healthcheck", "--url", "http://127.0.0.1:1/");
        Assert.Equal(1, exitCode);
        Assert.DoesNotContain("Klanten:Opslag", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Klanten:Opslag=Papier")]
    [InlineData("--Klanten:Opslag", "Papier")]
    public async Task Without_a_command_arguments_are_settings(params string[] args)
    {
        var (exitCode, output) = await RunAsync([], args);
        Assert.Equal(1, exitCode);
        Assert.Contains("Klanten:Opslag", output, StringComparison.Ordinal);
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(Dictionary<string, string?> settings, params string[] args)
    {
        using var folder = new TempFolder();
        return await KlantenProgram.RunAsync(folder.Path, settings, args);
    }
}
