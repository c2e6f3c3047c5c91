using System.Globalization;

namespace Klanten.Functions.Settings;

/// <summary>
/// The values that a setting can have, by type. They are judged before the binder sees them, because it leaves out an item of a list
/// that has a value it cannot read.
/// </summary>
internal static class SettingValue
{
    /// <summary>Whether a setting of this type is one value.</summary>
    public static bool CanRead(Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        return value.IsEnum || value == typeof(string) || value == typeof(bool) || value == typeof(int) || value == typeof(long)
            || value == typeof(TimeSpan);
    }

    /// <summary>What is wrong with a value, after its key; null when it can be read.</summary>
    /// <exception cref="NotSupportedException">The type is not one of <see cref="CanRead"/>.</exception>
    public static Sentence? FindMistake(Type type, string text)
    {
        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return text.Length == 0 ? null : FindMistake(value, text);
        }
        if (type.IsEnum)
        {
            var names = Enum.GetNames(type);
            return names.Contains(text, StringComparer.OrdinalIgnoreCase) ? null : SettingTexts.OneOfFew.With(Alternatives(names));
        }
        return Type.GetTypeCode(type) switch
        {
            TypeCode.String => null,
            TypeCode.Boolean => bool.TryParse(text, out _) ? null : SettingTexts.Boolean,
            TypeCode.Int32 => int.TryParse(text, CultureInfo.InvariantCulture, out _) ? null : SettingTexts.WholeNumber,
            TypeCode.Int64 => long.TryParse(text, CultureInfo.InvariantCulture, out _) ? null : SettingTexts.WholeNumber,
            _ when type == typeof(TimeSpan) =>
                TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _) ? null : SettingTexts.Duration,
            _ => throw new NotSupportedException($"A setting cannot be a {type}."),
        };
    }

    private static Sentence Alternatives(string[] names) => SettingTexts.Or.With(string.Join(", ", names[..^1]), names[^1]);

    /// <summary>A value of the type that can be read, to put in the place of one that cannot.</summary>
    public static string Readable(Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        if (value.IsEnum)
        {
            return Enum.GetNames(value)[0];
        }
        return value == typeof(bool) ? "false" : "0";
    }
}
