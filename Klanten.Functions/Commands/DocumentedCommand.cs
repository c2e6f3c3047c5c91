using System.CommandLine;
using System.CommandLine.Parsing;

namespace Klanten.Functions.Commands;

/// <summary>A command with an example for its help, and with <c>--json</c> when it <see cref="Runs"/>.</summary>
/// <param name="name">What is typed.</param>
/// <param name="summary">What it does, in a sentence.</param>
/// <param name="example">Its arguments in an example.</param>
/// <param name="language">The language of its texts.</param>
internal sealed class DocumentedCommand(string name, Text summary, string example, CommandLanguage language)
    : Command(name, language[summary])
{
    public string Example => example;

    /// <summary>Sets what the command does; it returns the exit code.</summary>
    public DocumentedCommand Runs(Func<ParseResult, CommandConsole, CancellationToken, Task<int>> run)
    {
        var json = new Option<bool>("--json") { Description = language[Texts.Json] };
        Options.Add(json);
        SetAction((result, cancellationToken) =>
        {
            var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
            return run(result, new(language, output, error, result.GetValue(json)), cancellationToken);
        });
        return this;
    }

    public Option<string> AddText(string option, Text description, bool isRequired = false, string? otherwise = null)
    {
        var text = new Option<string>(option) { Description = language[description], Required = isRequired };
        text.Validators.Add(given =>
        {
            if (given.Tokens is [{ Value: var value }] && FindMistake(option, value) is { } mistake)
            {
                given.AddError(language[mistake]);
            }
        });
        if (otherwise is not null)
        {
            text.DefaultValueFactory = _ => otherwise;
        }
        Options.Add(text);
        return text;
    }

    public Option<bool> AddFlag(string option, Text description)
    {
        var flag = new Option<bool>(option) { Description = language[description] };
        Options.Add(flag);
        return flag;
    }

    /// <summary>A whole number within bounds, both inclusive; it is required when it has no default.</summary>
    public Option<int> AddNumber(string option, Text description, int min, int max, int? otherwise = null)
    {
        var number = new Option<int>(option)
        {
            Description = language[description],
            Required = otherwise is null,
            CustomParser = argument => Parse(argument, option, min, max),
        };
        if (otherwise is { } value)
        {
            number.DefaultValueFactory = _ => value;
        }
        Options.Add(number);
        return number;
    }

    /// <summary>One of the names of an enumeration, in either case; its first is the default.</summary>
    public Option<T> AddChoice<T>(string option, Text description)
        where T : struct, Enum
    {
        var choice = new Option<T>(option)
        {
            Description = language[description],
            CustomParser = argument =>
            {
                var name = Enum.GetNames<T>().FirstOrDefault(name => name.Equals(Word(argument), StringComparison.OrdinalIgnoreCase));
                if (name is not null)
                {
                    return Enum.Parse<T>(name);
                }
                argument.AddError(language[Texts.OneOf, option, string.Join(", ", Enum.GetNames<T>())]);
                return default;
            },
            DefaultValueFactory = _ => default,
        };
        Options.Add(choice);
        return choice;
    }

    /// <summary>What no text can be: the parser takes the option that follows one without a value for its value.</summary>
    private static Sentence? FindMistake(string option, string value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            return Texts.MissingValue.With(option);
        }
        if (value.StartsWith("--", StringComparison.Ordinal))
        {
            return Texts.OptionForValue.With(option, value.Split('=')[0]);
        }
        return value.Contains('\0', StringComparison.Ordinal) ? Texts.NullInValue.With(option) : null;
    }

    private int Parse(ArgumentResult argument, string option, int min, int max)
    {
        if (int.TryParse(Word(argument), out var value) && value >= min && value <= max)
        {
            return value;
        }
        argument.AddError(language[Texts.NumberRange, option, min, max]);
        return default;
    }

    private static string Word(ArgumentResult argument) => argument.Tokens is [{ Value: var word }] ? word : "";
}
