using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;

namespace Klanten.Tests.Commands;

/// <summary>What a command does when its output cannot be written: the disk is full, or the descriptor is closed.</summary>
public sealed class LostOutputTests : IDisposable
{
    private readonly TempFolder folder = new();

    public LostOutputTests() => new SqliteDatabase(new() { Pad = folder.Database }).Dispose();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("cosmos-container")]
    [InlineData("notificaties", "--json")]
    [InlineData("controleren")]
    public async Task Output_to_a_full_disk_is_a_failure_in_one_sentence(params string[] args) => Assert.Equal(
        (1, "The command has ended, but its output could not be written: the disk is full."), await RunAsync(">/dev/full", args));

    [Theory]
    [InlineData("--help")]
    [InlineData("--version")]
    [InlineData("cosmos-container")]
    [InlineData("controleren")]
    public async Task A_closed_output_is_a_failure_in_one_sentence(params string[] args)
    {
        var (exitCode, output) = await RunAsync(">&-", args);
        Assert.Equal(1, exitCode);
        Assert.Equal("The command has ended, but its output could not be written: the system does not allow this.", output);
    }

    [Fact]
    public async Task The_work_is_done_when_its_output_is_lost()
    {
        Assert.Equal(1, (await RunAsync(">/dev/full", "backup", "--naar", folder["backup.db"])).ExitCode);
        Assert.True(File.Exists(folder["backup.db"]));
    }

    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    public async Task A_failure_whose_reason_is_lost_has_its_exit_code(string redirection) =>
        Assert.Equal((1, ""), await RunAsync(redirection, "restore", "--van", folder["weg.db"]));

    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    public async Task A_success_without_standard_error_is_a_success(string redirection) =>
        Assert.Equal((0, "The store is sound."), await RunAsync(redirection, "controleren"));

    private Task<(int ExitCode, string Output)> RunAsync(string redirection, params string[] args) => KlantenProgram.RunRedirectedAsync(
        folder.Path, new Dictionary<string, string?> { ["Klanten:Sqlite:Pad"] = folder.Database }, redirection, args);
}
