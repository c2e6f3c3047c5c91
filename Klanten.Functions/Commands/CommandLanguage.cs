using System.Globalization;

namespace Klanten.Functions.Commands;

/// <summary>A text of the command line in both of its languages.</summary>
/// <param name="Dutch">In Dutch, with places for values as in <see cref="string.Format(string, object)"/>.</param>
/// <param name="English">The same in English.</param>
internal sealed record Text(string Dutch, string English);

/// <summary>The language of the command line: Dutch, unless the environment asks for English.</summary>
internal sealed class CommandLanguage(bool isEnglish)
{
    /// <summary>The first of these that is set decides, as in POSIX (Base Definitions, 8.2).</summary>
    private static readonly string[] Variables = ["LC_ALL", "LC_MESSAGES", "LANG"];

    public string this[Text text, params object?[] values] =>
        string.Format(CultureInfo.InvariantCulture, isEnglish ? text.English : text.Dutch, values);

    public static CommandLanguage FromEnvironment() => From(Environment.GetEnvironmentVariable);

    /// <param name="environment">Gives an environment variable by its name; null or empty when it is not set.</param>
    public static CommandLanguage From(Func<string, string?> environment)
    {
        var locale = Variables.Select(environment).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";
        return new(locale.Split('_', '-', '.', '@')[0].Equals("en", StringComparison.OrdinalIgnoreCase));
    }
}
