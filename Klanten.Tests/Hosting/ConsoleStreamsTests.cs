using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting;

/// <summary>A full or a closed stream of the console loses what is told, and changes nothing else.</summary>
public sealed class ConsoleStreamsTests
{
    public static TheoryData<string> Unwritable => [">/dev/full", ">&-", "2>/dev/full", "2>&-", ">/dev/full 2>/dev/full", ">&- 2>&-"];

    [Theory]
    [MemberData(nameof(Unwritable))]
    public async Task A_program_whose_store_cannot_be_opened_ends_with_1(string streams)
    {
        using var folder = new TempFolder();
        Assert.Equal(1, await ExitCodeAsync(folder, streams, NoStore(folder)));
    }

    [Theory]
    [MemberData(nameof(Unwritable))]
    public async Task A_program_with_a_wrong_setting_ends_with_1(string streams)
    {
        using var folder = new TempFolder();
        Assert.Equal(1, await ExitCodeAsync(folder, streams, new() { ["Klanten:Opslag"] = "papier" }));
    }

    [Theory]
    [MemberData(nameof(Unwritable))]
    public async Task A_program_that_cannot_listen_ends_with_1(string streams)
    {
        using var folder = new TempFolder();
        Assert.Equal(1, await ExitCodeAsync(folder, streams, new() { ["ASPNETCORE_URLS"] = "http://192.0.2.1:7071" }));
    }

    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    public async Task A_program_with_something_to_remark_serves(string streams)
    {
        using var folder = new TempFolder();
        await using var program = await KlantenProgram.StartAsync(folder.Path, new Dictionary<string, string?>(), redirection: streams);
        using var http = new HttpClient();
        using var answer = await http.GetAsync(
            new Uri($"{program.Root}/healthz/ready"), TestContext.Current.CancellationToken);
        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData(">/dev/full 2>/dev/full", "controleren")]
    [InlineData(">&- 2>&-", "controleren")]
    [InlineData("2>/dev/full", "controlern")]
    [InlineData("2>&-", "token", "--client", "niemand")]
    [InlineData("2>/dev/full", "healthcheck", "--url", "http://127.0.0.1:1/")]
    [InlineData(">/dev/full 2>/dev/full", "--help")]
    public async Task A_command_that_cannot_tell_its_result_ends_with_1(string streams, params string[] command)
    {
        using var folder = new TempFolder();
        Assert.Equal(1, await ExitCodeAsync(folder, streams, [], command));
    }

    private static async Task<int> ExitCodeAsync(
        TempFolder folder, string streams, Dictionary<string, string?> settings, params string[] command) =>
        (await KlantenProgram.RunRedirectedAsync(folder.Path, settings, streams, command)).ExitCode;

    private static Dictionary<string, string?> NoStore(TempFolder folder)
    {
        var noFolder = Path.Combine(folder.Path, "geen-map");
        File.WriteAllText(noFolder, "");
        return new() { ["Klanten:Sqlite:Pad"] = Path.Combine(noFolder, "klanten.db") };
    }
}
