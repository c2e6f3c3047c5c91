using System.Text.Json.Nodes;
using Klanten.Tests.Migration;
using Klanten.Tests.Support;

namespace Klanten.Tests.Commands;

/// <summary>What an administrator sees of work that takes long, and what a script sees of it.</summary>
public sealed class LongWorkTests : IAsyncLifetime
{
    private const int Klanten = 250;

    private readonly TempFolder folder = new();

    private Dictionary<string, string?> Settings => new()
    {
        ["Klanten:Sqlite:Pad"] = folder.Database,
        ["TERM"] = "xterm",
        ["COLUMNS"] = "120",
    };

    public async ValueTask InitializeAsync()
    {
        await using var there = await FakeApi.StartAsync(ApiSourceTests.Pages(Klanten));
        var settings = new Dictionary<string, string?>(Settings) { ["Klanten:Importeren:Secret"] = Applications.Alles.Secret };
        string[] import = ["importeer", "--bron", there.Root, "--client", Applications.Alles.ClientId, "--json"];
        var (exitCode, output) = await KlantenProgram.RunAsync(folder.Path, settings, import);
        Assert.Equal((0, Klanten), (exitCode, (int)JsonNode.Parse(output)!["toegevoegd"]!));
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("250 klanten", "exporteer", "--naar", "klanten.jsonl")]
    [InlineData("250 klanten", "controleren")]
    [InlineData("checking the backup", "backup", "--naar", "backup.db")]
    public async Task A_terminal_shows_how_far_the_work_is(string done, params string[] args)
    {
        var (exitCode, output) = await KlantenProgram.RunOnTerminalAsync(folder.Path, Settings, args);
        Assert.True(exitCode == 0, output);
        Assert.Contains(done, output, StringComparison.Ordinal);
        Assert.Contains("100%", output, StringComparison.Ordinal);
        Assert.Contains("00:00:00", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("klanten", "exporteer", "--naar", "klanten.jsonl")]
    [InlineData("gaaf", "controleren")]
    [InlineData("bytes", "backup", "--naar", "backup.db")]
    public async Task A_script_sees_its_result_only(string member, params string[] args)
    {
        var (exitCode, output) = await KlantenProgram.RunAsync(folder.Path, Settings, [.. args, "--json"]);
        Assert.Equal(0, exitCode);
        Assert.NotNull(JsonNode.Parse(output)![member]);
    }
}
