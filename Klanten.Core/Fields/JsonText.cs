using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Klanten.Core.Fields;

/// <summary>Texts in JSON as the reference reads them: strings and numbers, trimmed, with lengths in code points.</summary>
public static class JsonText
{
    /// <summary>Reads a text and trims it.</summary>
    /// <param name="value">A value of any JSON type. A number counts as text, see <see cref="PythonNumber"/>.</param>
    /// <param name="name">The name of the field in errors.</param>
    /// <param name="allowBlank">Whether the trimmed text may be empty.</param>
    /// <param name="errors">Receives the error when there is one.</param>
    /// <returns>The text, or null after an error.</returns>
    public static string? Read(JsonElement value, string name, bool allowBlank, ICollection<FieldError> errors)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                errors.Add(FieldError.Null(name));
                return null;
            case JsonValueKind.Number:
                return PythonNumber.Format(value);
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

    /// <summary>
    /// Trims white space as Python's <c>str.strip</c> does: of every kind, the four information separators (U+001C to
    /// U+001F) included, but not U+200B.
    /// </summary>
    public static string Trim(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsWhiteSpace(text[start])) start++;
        while (end > start && IsWhiteSpace(text[end - 1])) end--;
        return text[start..end];
    }

    /// <summary>Whether a text has more than <paramref name="max"/> code points.</summary>
    public static bool IsLongerThan(string text, int max)
    {
        if (text.Length <= max) return false;
        var codePoints = 0;
        foreach (var unit in text)
        {
            if (!char.IsLowSurrogate(unit) && ++codePoints > max) return true;
        }
        return false;
    }

    /// <summary>Whether a JSON string has more than <paramref name="max"/> code points; false for other JSON types.</summary>
    internal static bool IsLongerThan(JsonElement value, int max)
    {
        if (value.ValueKind != JsonValueKind.String) return false;
        // A code point takes at least one byte, and the quotation marks take two: most strings need not be decoded.
        if (JsonMarshal.GetRawUtf8Value(value).Length <= max + 2) return false;
        return !HasLoneSurrogate(value) && IsLongerThan(value.GetString()!, max);
    }

    /// <summary>Whether a JSON string contains a surrogate without its partner: .NET cannot decode such a string.</summary>
    internal static bool HasLoneSurrogate(JsonElement text) => HasLoneSurrogate(JsonMarshal.GetRawUtf8Value(text));

    /// <summary>Whether JSON in UTF-8 contains an escape from <c>\uD800</c> to <c>\uDFFF</c> without its partner.</summary>
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
            else if (expectsLow)
            {
                return true;
            }
            else
            {
                json = json[2..];
            }
        }
    }

    private static bool IsWhiteSpace(char c) => char.IsWhiteSpace(c) || c is >= '\x1c' and <= '\x1f';
}
