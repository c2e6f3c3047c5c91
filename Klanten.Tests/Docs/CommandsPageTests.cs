using Klanten.Functions.Commands;
using Klanten.Functions.Languages;
using Klanten.Tests.Support;

namespace Klanten.Tests.Docs;

/// <summary>docs/commands.md describes the commands that exist.</summary>
public sealed class CommandsPageTests
{
    [Fact]
    public void Every_command_is_listed_with_its_options()
    {
        var rows = File.ReadAllLines(Repository.PathOf("docs/commands.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        var documented = rows.Select(row => row.Split('|')).Select(cells => $"{cells[1].Trim()}: {cells[2].Trim()}");
        var commands = CommandLine.Root(CommandLanguage.English).Subcommands.Select(command =>
        {
            var options = command.Options.Where(option => option.Name != "--json").Select(option => $"`{option.Name}`");
            return $"`{command.Name}`: {string.Join(", ", options)}";
        });
        Assert.Equal(commands, documented);
    }
}
