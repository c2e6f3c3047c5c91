using System.Globalization;
using System.Numerics;

namespace Klanten.Functions.Settings;

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
