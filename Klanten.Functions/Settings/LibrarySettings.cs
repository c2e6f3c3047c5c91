using System.Globalization;
using System.Numerics;

namespace Klanten.Functions.Settings;

/// <summary>
/// Settings outside <c>Klanten</c> that a library reads: with a mistake in one it ends the program by an exception, or passes it over in
/// silence.
/// </summary>
internal static class LibrarySettings
{
    /// <exception cref="InvalidSettingsException">Some cannot be.</exception>
    public static void Judge(IConfiguration settings)
    {
        if (FindMistakes(settings) is { Count: > 0 } mistakes) throw new InvalidSettingsException(mistakes);
    }

    private static List<Sentence> FindMistakes(IConfiguration settings)
    {
        var mistakes = new List<Sentence>();
        foreach (var (key, rule) in LoggingSettings.Rules(settings.GetSection("Logging")).Concat(TelemetrySettings.Rules()))
        {
            if (settings[key] is { Length: > 0 } value && rule(value) is { } mistake)
            {
                mistakes.Add(SettingTexts.Keyed.With(key, mistake));
            }
        }
        return mistakes;
    }
}

/// <summary>What is wrong with a value that is not empty, after its key; null when a library can read it.</summary>
internal delegate Sentence? SettingRule(string value);

/// <summary>A key and its rule.</summary>
/// <remarks>A class: of pairs that are values, the runtime compiles the queries at every start (docs/performance.md).</remarks>
internal sealed record KeyRule(string Key, SettingRule Rule);

/// <summary>The kinds of value that libraries read.</summary>
internal static class SettingRules
{
    public static SettingRule Boolean { get; } = value => SettingValue.FindMistake(typeof(bool), value);

    public static SettingRule Url { get; } = value => IsUrl(value) ? null : SettingTexts.NoUrl;

    public static SettingRule Where(Func<string, bool> isGood, Sentence mistake) => value => isGood(value) ? null : mistake;

    public static SettingRule OneOf(params string[] values) =>
        Where(value => values.Contains(value, StringComparer.OrdinalIgnoreCase), SettingTexts.OneOf.With(string.Join(", ", values)));

    /// <summary>A name, or the number of one.</summary>
    public static SettingRule Name<T>()
        where T : struct, Enum =>
        Where(
            value => Enum.TryParse<T>(value, ignoreCase: true, out var one) && Enum.IsDefined(one),
            SettingTexts.OneOf.With(string.Join(", ", Enum.GetNames<T>())));

    /// <summary>A whole number within bounds, both inclusive.</summary>
    public static SettingRule Number(int min, int max = int.MaxValue) => value =>
    {
        if (!BigInteger.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
        {
            return SettingTexts.WholeNumber;
        }
        if (number >= min && number <= max) return null;
        return max < int.MaxValue || number > max ? SettingTexts.Between.With(min, max) : SettingTexts.AtLeast.With(min);
    };

    public static bool IsUrl(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https";
}

/// <summary>Settings with which the program cannot be built.</summary>
/// <param name="mistakes">One sentence each, with the key and without its value, which may be a secret.</param>
internal sealed class InvalidSettingsException(IReadOnlyList<Sentence> mistakes) : Exception(string.Join('\n', mistakes))
{
    public IReadOnlyList<Sentence> Mistakes => mistakes;
}
