using System.ComponentModel.DataAnnotations;

namespace Klanten.Functions.Settings;

/// <summary>
/// What is wrong with a setting. The validation of options hands on one string, so its message is in both languages, a line each.
/// </summary>
/// <param name="key">The key in the configuration.</param>
/// <param name="mistake">What follows the key in a sentence. It does not contain the value, which may be a secret.</param>
internal sealed class SettingMistake(string key, Sentence mistake) : ValidationResult(Join(SettingTexts.Keyed.With(key, mistake)))
{
    private const char Separator = '\n';

    /// <summary>The sentence in a message of <see cref="Join"/>.</summary>
    public static Text Split(string message)
    {
        var end = message.IndexOf(Separator, StringComparison.Ordinal);
        return end < 0 ? new(message, message) : new(message[..end], message[(end + 1)..]);
    }

    /// <summary>The sentence as one string.</summary>
    public static string Join(Sentence sentence) => $"{CommandLanguage.Dutch[sentence]}{Separator}{CommandLanguage.English[sentence]}";
}
