using System.Text.Json.Nodes;
using Klanten.Functions.Commands;
using Klanten.Functions.Languages;
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
    [InlineData("helthcheck", "healthcheck")]
    [InlineData("TOKNE", "token")]
    [InlineData("notificatie", "notificaties")]
    [InlineData("notificaties-hervaten", "notificaties-hervatten")]
    [InlineData("import", "importeer")]
    [InlineData("--hlep", "--help")]
    [InlineData("--verison", "--version")]
    public async Task A_misspelled_command_or_option_is_an_error_that_names_the_nearest(string argument, string nearest)
    {
        var (exitCode, output) = await RunAsync([], argument);
        Assert.Equal(1, exitCode);
        Assert.Contains($"Perhaps '{nearest}' was meant.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Now listening", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no option '--cleint'. Perhaps '--client' was meant.", "token", "--cleint", "demo")]
    [InlineData("There is no command 'serve'.", "--urls=http://127.0.0.1:0", "serve")]
    [InlineData("There is no command 'tokens'.", "tokens", "--client", "demo")]
    [InlineData("The option --client is required.", "token")]
    [InlineData("The option --client needs a value.", "token", "--client")]
    [InlineData("The option --client may be given once.", "token", "--client", "a", "--client", "b")]
    [InlineData("--aantal must be a number from 1 to 100000.", "notificaties", "--aantal", "veel")]
    [InlineData("--dialect must be one of these: Standaard, OpenKlant1.", "importeer", "--bron", "a.jsonl", "--dialect", "Fries")]
    [InlineData("'--Klanten:Sqlite:Pad' is no option. A command reads settings from", "controleren", "--Klanten:Sqlite:Pad=elders.db")]
    public async Task Arguments_that_are_wrong_are_named_and_start_no_server(string sentence, params string[] args)
    {
        var (exitCode, output) = await RunAsync([], args);
        Assert.Equal(1, exitCode);
        Assert.StartsWith(sentence, output, StringComparison.Ordinal);
        Assert.Contains("--help", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Now listening", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_lists_every_command_with_an_example_and_the_exit_codes()
    {
        var (_, output) = await RunAsync(Broken, "--help");
        Assert.Equal(11, Commands().Count());
        foreach (var command in Commands())
        {
            Assert.Contains($"\n  {command.Name}: {command.Description}\n", output, StringComparison.Ordinal);
            Assert.Contains($"\n      Klanten.Functions {command.Name}", output, StringComparison.Ordinal);
        }
        Assert.Matches("(?s)Exit codes:.*0  .*1  .*2  ", output);
    }

    /// <remarks>An example that the parser refuses would be one of another version.</remarks>
    [Fact]
    public void The_example_of_every_command_is_accepted() => Assert.All(Commands(), command => Assert.Empty(
        CommandLine.Root(CommandLanguage.English).Parse($"{command.Name} {command.Example}").Errors));

    [Fact]
    public async Task The_help_of_a_command_tells_its_options_with_what_they_are_when_absent()
    {
        var (exitCode, output) = await RunAsync(Broken, "importeer", "--help");
        Assert.Equal(0, exitCode);
        Assert.Matches(@"--bron …\s+The base URL .*\(required\)", output);
        Assert.Matches(@"--verslag …\s+The file .*\(default: importeer-geweigerd.csv\)", output);
        Assert.Contains("Klanten.Functions importeer --bron https://", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LC_ALL", null, "Er is geen opdracht")]
    [InlineData("LC_ALL", "C.UTF-8", "Er is geen opdracht")]
    [InlineData("LC_ALL", "nl_NL.UTF-8", "Er is geen opdracht")]
    [InlineData("LC_ALL", "en_GB.UTF-8", "There is no command")]
    public async Task The_command_line_speaks_Dutch_unless_the_environment_asks_for_English(string variable, string? value, string sentence)
    {
        var (_, output) = await RunAsync(new() { ["LANG"] = null, ["LC_MESSAGES"] = null, [variable] = value }, "serveer");
        Assert.StartsWith(sentence, output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en_US.UTF-8", null, null, true)]
    [InlineData("en", "nl_NL", null, false)]
    [InlineData("nl_NL", "en_GB", null, true)]
    [InlineData("en_GB", "en_GB", "nl_NL.UTF-8", false)]
    [InlineData("nl_NL", "nl_NL", "EN_ie@euro", true)]
    [InlineData("en_GB", "", "", true)]
    [InlineData("eno", null, null, false)]
    public void The_first_locale_that_is_set_decides(string? lang, string? messages, string? all, bool isEnglish)
    {
        var set = new Dictionary<string, string?> { ["LANG"] = lang, ["LC_MESSAGES"] = messages, ["LC_ALL"] = all };
        Assert.Equal(isEnglish ? Texts.Stopped.English : Texts.Stopped.Dutch, CommandLanguage.From(set.GetValueOrDefault)[Texts.Stopped]);
    }

    [Fact]
    public async Task A_token_for_a_script_is_one_JSON_object()
    {
        var (exitCode, output) = await RunAsync(new(Applications.Settings), "token", "--client", Applications.Alles.ClientId, "--json");
        Assert.Equal(0, exitCode);
        var answer = JsonNode.Parse(output)!;
        Assert.Equal(3, answer["token"]!.GetValue<string>().Split('.').Length);
        Assert.True(answer["verlooptOp"]!.GetValue<DateTimeOffset>() > DateTimeOffset.UtcNow);
    }

    [Fact]
    public async Task A_failure_leaves_the_output_of_a_script_empty_of_sentences()
    {
        var (exitCode, output) = await RunAsync([], "healthcheck", "--url", "http://127.0.0.1:1/", "--json");
        Assert.Equal(1, exitCode);
        // Output and standard error come in any order.
        Assert.Equal(["no answer", "{\"gezond\":false,\"status\":null}"], output.Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_program_that_serves_loads_nothing_of_the_command_line()
    {
        using var folder = new TempFolder();
        await using var program = await KlantenProgram.StartAsync(folder.Path, new Dictionary<string, string?>(Applications.Settings));
        using var http = new HttpClient();
        using (await http.GetAsync($"{program.Root}/healthz/ready", TestContext.Current.CancellationToken))
        {
            var loaded = await File.ReadAllTextAsync($"/proc/{program.Id}/maps", TestContext.Current.CancellationToken);
            Assert.Contains("Klanten.Functions.dll", loaded, StringComparison.Ordinal);
            Assert.DoesNotContain("System.CommandLine.dll", loaded, StringComparison.Ordinal);
            Assert.DoesNotContain("Spectre.Console", loaded, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/")]
    [InlineData("127.0.0.1:7071")]
    [InlineData("")]
    public async Task A_health_check_of_what_is_no_address_says_so(string url) =>
        Assert.Equal((1, "--url must be an http URL."), await RunAsync([], "healthcheck", "--url", url));

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

    private static IEnumerable<DocumentedCommand> Commands() =>
        CommandLine.Root(CommandLanguage.English).Subcommands.Cast<DocumentedCommand>();

    private static async Task<(int ExitCode, string Output)> RunAsync(Dictionary<string, string?> settings, params string[] args)
    {
        using var folder = new TempFolder();
        return await KlantenProgram.RunAsync(folder.Path, settings, args);
    }
}
