using System.Globalization;

namespace Klanten.Functions.Languages;

/// <summary>The language of the command line and of a start that is refused: Dutch, unless the environment asks for English.</summary>
internal sealed class CommandLanguage(bool isEnglish)
{
    /// <summary>The first of these that is set decides, as in POSIX (Base Definitions, 8.2).</summary>
    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    public static CommandLanguage Dutch { get; } = new(isEnglish: false);

    public static CommandLanguage English { get; } = new(isEnglish: true);

    public string this[Text text, params object?[] values] => this[text.With(values)];

    public string this[Sentence sentence]
    {
        get
        {
            var words = isEnglish ? sentence.Text.English : sentence.Text.Dutch;
            return sentence.Values.Count == 0
                ? words
                : string.Format(CultureInfo.InvariantCulture, words, [.. sentence.Values.Select(Translate)]);
        }
    }

    public static CommandLanguage FromEnvironment() => From(Environment.GetEnvironmentVariable);

    /// <param name="environment">Gives an environment variable by its name; null or empty when it is not set.</param>
    public static CommandLanguage From(Func<string, string?> environment)
    {
        var locale = Variables.Select(environment).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";
        return locale.Split('_', '-', '.', '@')[0].Equals("en", StringComparison.OrdinalIgnoreCase) ? English : Dutch;
    }

    private object? Translate(object? value) => value switch
    {
        Text text => this[text],
        Sentence sentence => this[sentence],
        _ => value,
    };
}
