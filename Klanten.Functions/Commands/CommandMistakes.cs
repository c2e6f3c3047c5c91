using System.CommandLine;
using System.CommandLine.Parsing;
using Klanten.Functions.Settings;

namespace Klanten.Functions.Commands;

/// <summary>Says what is wrong with arguments, and what was probably meant.</summary>
internal sealed class CommandMistakes(CommandLanguage language)
{
    /// <summary>A sentence for each mistake, the first of which is the reason of those after it.</summary>
    public IReadOnlyList<string> Describe(ParseResult result)
    {
        var command = result.CommandResult.Command;
        if (FirstUnknown(result) is { } unknown)
        {
            return [DescribeUnknown(unknown, command), SeeHelp(result)];
        }
        var missing = command.Options.Where(option => option.Required && result.GetResult(option) is null);
        var mistakes = missing.Select(option => language[Texts.MissingOption, option.Name])
            .Concat(result.Errors.Where(error => error.SymbolResult is OptionResult or ArgumentResult).Select(Describe))
            .Distinct().ToArray();
        return [.. mistakes.Length == 0 ? [language[Texts.MissingCommand]] : mistakes, SeeHelp(result)];
    }

    /// <remarks>"--urls=… serve" is a misspelled command, not a misspelled option.</remarks>
    private static string? FirstUnknown(ParseResult result)
    {
        var unknown = result.UnmatchedTokens;
        var isCommandMissing = result.CommandResult.Command.Subcommands.Count > 0;
        return (isCommandMissing ? unknown.FirstOrDefault(token => !IsOption(token)) : null) ?? (unknown.Count > 0 ? unknown[0] : null);
    }

    private static bool IsOption(string token) => token.StartsWith('-');

    private string DescribeUnknown(string unknown, Command command)
    {
        var name = unknown.Split('=')[0];
        if (IsOption(unknown) && name.Contains(':', StringComparison.Ordinal))
        {
            return language[Texts.SettingWithCommand, name];
        }
        var known = IsOption(unknown) ? command.Options.Select(option => option.Name) : command.Subcommands.Select(sub => sub.Name);
        var sentence = language[IsOption(unknown) ? Texts.UnknownOption : Texts.UnknownCommand, name];
        return Nearest(name, known) is { } nearest ? $"{sentence} {language[Texts.Nearest, nearest]}" : sentence;
    }

    /// <summary>The word that is most like another one; null when no word shares half of its letters.</summary>
    private static string? Nearest(string word, IEnumerable<string> candidates)
    {
        var all = candidates.ToArray();
        if (all.Length == 0)
        {
            return null;
        }
        var nearest = EditDistance.Nearest(word, all);
        return 2 * EditDistance.Between(word, nearest) <= Math.Max(word.Length, nearest.Length) ? nearest : null;
    }

    private string Describe(ParseError error)
    {
        var option = error.SymbolResult as OptionResult ?? error.SymbolResult!.Parent as OptionResult;
        return option switch
        {
            { IdentifierTokenCount: 0 } => language[Texts.MissingOption, option.Option.Name],
            { Tokens.Count: 0 } => language[Texts.MissingValue, option.Option.Name],
            { Tokens.Count: > 1 } => language[Texts.SeveralValues, option.Option.Name],
            _ => error.Message,
        };
    }

    private string SeeHelp(ParseResult result)
    {
        var (root, command) = (result.RootCommandResult.Command, result.CommandResult.Command);
        return language[Texts.SeeHelp, command == root ? root.Name : $"{root.Name} {command.Name}"];
    }
}
