using Klanten.Functions.Commands;
using Klanten.Functions.Languages;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;

namespace Klanten.Tests.Commands;

/// <summary>Files that a command is given, and must not touch or cannot use.</summary>
public sealed class FileArgumentTests : IDisposable
{
    private static readonly string[][] Options =
    [
        ["backup", "--naar"],
        ["exporteer", "--naar"],
        ["restore", "--van"],
        ["importeer", "--bron"],
        ["importeer", "--bron", "bron.jsonl", "--verslag"],
        ["importeer", "--bron", "bron.jsonl", "--voortgang"],
    ];

    private readonly TempFolder folder = new();

    public FileArgumentTests()
    {
        new SqliteDatabase(new() { Pad = folder.Database }).Dispose();
        File.WriteAllText(folder["bron.jsonl"], "");
        File.WriteAllText(folder["file"], "mine");
        Directory.CreateDirectory(folder["folder"]);
        File.CreateSymbolicLink(folder["loop"], folder["loop"]);
    }

    public static IEnumerable<TheoryDataRow<int>> Each => Enumerable.Range(0, Options.Length).Select(i => new TheoryDataRow<int>(i));

    /// <summary>The options that name a file to be made.</summary>
    public static IEnumerable<TheoryDataRow<int>> Written =>
        Enumerable.Range(0, Options.Length).Where(i => Options[i][^1] is not ("--van" or "--bron")).Select(i => new TheoryDataRow<int>(i));

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("klanten.db")]
    [InlineData("klanten.db-wal")]
    [InlineData("klanten.db-shm")]
    [InlineData("klanten.db-journal")]
    [InlineData("klanten.db-lock")]
    [InlineData("klanten.db-reserve")]
    [InlineData("klanten.db-restored")]
    [InlineData("klanten.db-previous")]
    [InlineData("klanten.db-previous-wal")]
    public async Task No_file_of_the_store_is_taken_for_another(string file) =>
        await RefusedAsync($"--verslag and Klanten:Sqlite:Pad would use the same file ({file}): name another one.", 4, file);

    [Theory]
    [MemberData(nameof(Each))]
    public async Task No_option_names_a_file_of_the_store(int option)
    {
        var there = Files();
        await RefusedAsync(
            $"{Options[option][^1]} and Klanten:Sqlite:Pad would use the same file (klanten.db-lock): name another one.",
            option,
            "klanten.db-lock");
        Assert.Equal(there, Files());
    }

    [Theory]
    [InlineData("./folder/../klanten.db-restored")]
    [InlineData("link/klanten.db-restored")]
    [InlineData("restored")]
    public async Task A_file_of_the_store_is_recognized_by_any_path(string path)
    {
        File.CreateSymbolicLink(folder["link"], folder.Path);
        File.CreateSymbolicLink(folder["restored"], folder.Database + SqliteRestore.Restored);
        await RefusedAsync("--naar and Klanten:Sqlite:Pad would use the same file (klanten.db-restored): name another one.", 0, path);
    }

    [Fact]
    public async Task Another_name_of_a_file_of_the_store_is_that_file()
    {
        await ChildProcess.RunAsync("ln", [folder.Database + "-lock", folder["other"]], folder.Path);
        await RefusedAsync("--verslag and Klanten:Sqlite:Pad would use the same file (other): name another one.", 4, "other");
    }

    [Theory]
    [InlineData("--verslag", "--voortgang", "(same)", "--verslag", "same", "--voortgang", "./same")]
    [InlineData("--verslag", "--voortgang", "(same-wal)", "--verslag", "same-wal", "--voortgang", "same")]
    [InlineData("--verslag", "--voortgang", "(same-proef)", "--verslag", "same-proef", "--voortgang", "same", "--proef")]
    [InlineData("--bron", "--verslag", "(bron.jsonl)", "--verslag", "bron.jsonl")]
    [InlineData("--bron", "--voortgang", "(bron.jsonl)", "--voortgang", "bron.jsonl")]
    public async Task One_file_is_not_named_twice(string one, string other, string file, params string[] args)
    {
        var (exitCode, output) = await RunAsync(["importeer", "--bron", "bron.jsonl", .. args]);
        Assert.Equal((1, $"{one} and {other} would use the same file {file}: name another one."), (exitCode, output));
    }

    [Theory]
    [MemberData(nameof(Each))]
    public async Task A_folder_is_no_file(int option) =>
        await RefusedAsync($"{Options[option][^1]} names a folder, and it must be a file.", option, "folder");

    [Theory]
    [MemberData(nameof(Each))]
    public async Task A_pipe_is_not_waited_for(int option)
    {
        await ChildProcess.RunAsync("mkfifo", [folder["pipe"]], folder.Path);
        await RefusedAsync($"{Options[option][^1]} names a device, a pipe or a socket, and it must be a regular file.", option, "pipe");
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    [InlineData("/dev/stdin")]
    public async Task A_device_is_no_file(string device) =>
        await RefusedAsync("--bron names a device, a pipe or a socket, and it must be a regular file.", 3, device);

    [Theory]
    [MemberData(nameof(Each))]
    public async Task A_link_to_itself_is_no_file(int option) =>
        await RefusedAsync($"{Options[option][^1]} names a link that leads to itself.", option, "loop");

    [Theory]
    [MemberData(nameof(Written))]
    public async Task A_file_is_made_in_no_folder_that_does_not_exist(int option) =>
        await RefusedAsync($"{Options[option][^1]} names a file in a folder that does not exist.", option, "weg/file");

    [Theory]
    [MemberData(nameof(Written))]
    public async Task A_file_is_no_folder_of_another(int option) =>
        await RefusedAsync($"{Options[option][^1]} names a file in something that is no folder.", option, "file/file");

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("--json")]
    [InlineData("--onbekend=1")]
    [InlineData("a\0b")]
    public void A_value_that_cannot_be_is_a_mistake_in_the_arguments(string value)
    {
        foreach (var option in Options)
        {
            var parsed = CommandLine.Root(CommandLanguage.English).Parse([.. option, value]);
            var mistake = Assert.Single(new CommandMistakes(CommandLanguage.English).Describe(parsed).SkipLast(1));
            var isUnreadable = value.Contains('\0', StringComparison.Ordinal);
            var start = isUnreadable ? $"The value of {option[^1]} " : $"The option {option[^1]} needs a value";
            Assert.StartsWith(start, mistake, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/", "Klanten:Sqlite:Pad names a folder, and it must be a file.")]
    [InlineData("folder", "Klanten:Sqlite:Pad names a folder, and it must be a file.")]
    [InlineData("file/klanten.db", "Klanten:Sqlite:Pad names a file in something that is no folder.")]
    [InlineData("/dev/null", "Klanten:Sqlite:Pad names a device, a pipe or a socket, and it must be a regular file.")]
    [InlineData("loop", "Klanten:Sqlite:Pad names a link that leads to itself.")]
    public async Task A_store_that_can_be_no_file_is_refused_by_commands_that_read_write_or_check(string path, string sentence)
    {
        foreach (var command in (string[][])[["controleren"], ["exporteer", "--naar", "n.jsonl"], ["importeer", "--bron", "file"]])
        {
            var settings = new Dictionary<string, string?> { ["Klanten:Sqlite:Pad"] = path };
            Assert.Equal((1, sentence), await KlantenProgram.RunAsync(folder.Path, settings, command));
        }
    }

    private async Task RefusedAsync(string sentence, int option, string value) =>
        Assert.Equal((1, sentence), await RunAsync([.. Options[option], value]));

    private Task<(int ExitCode, string Output)> RunAsync(string[] args) => KlantenProgram.RunAsync(
        folder.Path, new Dictionary<string, string?> { ["Klanten:Sqlite:Pad"] = folder.Database }, args);

    private string[] Files() => [.. Directory.GetFileSystemEntries(folder.Path).Order(StringComparer.Ordinal)];
}
