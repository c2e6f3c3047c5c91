using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Klanten.Core.Fields;

/// <summary>Text as the standard's consumers send it: strings and numbers, trimmed, measured in code points.</summary>
public static class Text
{
    /// <summary>Reads a text value, trimmed; null (with an error added) when it is none.</summary>
    public static string? Read(JsonElement value, string name, bool allowBlank, ICollection<FieldError> errors)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                errors.Add(FieldError.Null(name));
                return null;
            case JsonValueKind.Number:
                return PythonNumber.From(value);
            case JsonValueKind.String when !HasLoneSurrogate(value):
                var text = Trim(value.GetString()!);
                if (text.Length > 0 || allowBlank) return text;
                errors.Add(FieldError.Blank(name));
                return null;
            default:
                errors.Add(FieldError.Invalid(name, "Hier wordt geldige tekst verwacht."));
                return null;
        }
    }

    /// <summary>Trims white space of every kind, the four information separators included, but not U+200B.</summary>
    public static string Trim(string text)
    {
        var (start, end) = (0, text.Length);
        while (start < end && IsWhite(text[start])) start++;
        while (end > start && IsWhite(text[end - 1])) end--;
        return text[start..end];
    }

    /// <summary>Whether a text has more than <paramref name="max"/> code points.</summary>
    public static bool LongerThan(string text, int max)
    {
        if (text.Length <= max) return false;
        var codePoints = 0;
        for (var i = 0; i < text.Length; i++)
            if (!char.IsLowSurrogate(text[i]) && ++codePoints > max) return true;
        return false;
    }

    /// <summary>Whether a JSON string has more than <paramref name="max"/> code points.</summary>
    internal static bool LongerThan(JsonElement value, int max) =>
        value.ValueKind == JsonValueKind.String && JsonMarshal.GetRawUtf8Value(value).Length > max + 2
        && !HasLoneSurrogate(value) && LongerThan(value.GetString()!, max);

    /// <summary>Whether a JSON string holds a surrogate without its partner: no text can be made of it.</summary>
    internal static bool HasLoneSurrogate(JsonElement text) => HasLoneSurrogate(JsonMarshal.GetRawUtf8Value(text));

    /// <summary>Whether JSON in UTF-8 holds a <c>\uD800</c>–<c>\uDFFF</c> escape without its partner.</summary>
    public static bool HasLoneSurrogate(ReadOnlySpan<byte> json)
    {
        var expectsLow = false;
        while (true)
        {
            var backslash = json.IndexOf((byte)'\\');
            if (backslash < 0) return expectsLow;
            if (expectsLow && backslash > 0) return true;
            json = json[backslash..];
            if (json.Length >= 6 && json[1] == 'u')
            {
                var unit = int.Parse(json.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                var isLow = unit is >= 0xDC00 and <= 0xDFFF;
                if (isLow != expectsLow) return true;
                expectsLow = unit is >= 0xD800 and <= 0xDBFF;
                json = json[6..];
            }
            else if (expectsLow) return true;
            else json = json[2..];
        }
    }

    private static bool IsWhite(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';
}
