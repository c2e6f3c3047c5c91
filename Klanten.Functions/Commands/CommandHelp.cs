using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Klanten.Functions.Commands;

/// <summary>Prints what <c>--help</c> shows of a command: of the program, every command with an example.</summary>
internal sealed class CommandHelp(CommandLanguage language) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    /// <summary>Gives a command <c>--help</c> and <c>--version</c>.</summary>
    public void AddTo(Command root)
    {
        root.Options.Add(new HelpOption { Description = language[Texts.Help], Action = this });
        root.Options.Add(new VersionOption { Description = language[Texts.Version] });
    }

    public override int Invoke(ParseResult parseResult)
    {
        var output = parseResult.InvocationConfiguration.Output;
        var (root, command) = (parseResult.RootCommandResult.Command, parseResult.CommandResult.Command);
        var path = command == root ? root.Name : $"{root.Name} {command.Name}";
        output.WriteLine(command.Description);
        var arguments = language[command.Subcommands.Count > 0 ? Texts.CommandAndOptions : Texts.OnlyOptions];
        WriteSection(output, Texts.Usage, [$"{path} {arguments}"]);
        if (command is DocumentedCommand { Example: var example })
        {
            WriteSection(output, Texts.Example, [$"{path} {example}".TrimEnd()]);
        }
        WriteSection(output, Texts.Commands, command.Subcommands.OfType<DocumentedCommand>().SelectMany(sub => Describe(root, sub)));
        var options = command.Options.Concat(command == root ? [] : root.Options.OfType<HelpOption>());
        WriteSection(output, Texts.Options, Align([.. options.Select(Describe)]));
        WriteSection(output, Texts.ExitCodes, Align(
        [
            ($"{ExitCode.Success}", language[Texts.ExitSuccess]),
            ($"{ExitCode.Failure}", language[Texts.ExitFailure]),
            ($"{ExitCode.Incomplete}", language[Texts.ExitIncomplete]),
        ]));
        WriteSection(output, Texts.Settings, [language[Texts.SettingsOfCommands]]);
        WriteSection(output, Texts.Language, [language[Texts.HowToChangeLanguage]]);
        return ExitCode.Success;
    }

    private void WriteSection(TextWriter output, Text heading, IEnumerable<string> lines)
    {
        var all = lines.ToArray();
        if (all.Length == 0)
        {
            return;
        }
        output.WriteLine();
        output.WriteLine($"{language[heading]}:");
        foreach (var line in all)
        {
            output.WriteLine($"  {line}");
        }
    }

    private static IEnumerable<string> Describe(Command root, DocumentedCommand command) =>
        [$"{command.Name}: {command.Description}", $"    {root.Name} {command.Name} {command.Example}".TrimEnd()];

    private (string Name, string Description) Describe(Option option)
    {
        var name = option.ValueType == typeof(bool) || option is HelpOption or VersionOption ? option.Name : $"{option.Name} …";
        var names = string.Join(", ", option.Aliases.Where(alias => alias == "-h").Append(name));
        if (option.Required)
        {
            return (names, $"{option.Description} ({language[Texts.Required]})");
        }
        return option.HasDefaultValue && option.ValueType != typeof(bool)
            ? (names, $"{option.Description} ({language[Texts.Default, option.GetDefaultValue()]})")
            : (names, option.Description ?? "");
    }

    private static IEnumerable<string> Align(IReadOnlyList<(string Name, string Description)> rows)
    {
        var width = rows.Max(row => row.Name.Length);
        return rows.Select(row => $"{row.Name.PadRight(width)}  {row.Description}");
    }
}
