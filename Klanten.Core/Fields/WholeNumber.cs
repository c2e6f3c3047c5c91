using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Klanten.Core.Fields;

/// <summary>
/// Whole numbers as the reference reads them: <c>12</c>, <c>"12"</c>, <c>" 5 "</c>, <c>"+5"</c>, <c>"-0"</c>, <c>1.0</c>,
/// <c>"1_000"</c> and digits of other scripts; not <c>1.5</c>, <c>"1e3"</c>, <c>""</c> or true.
/// </summary>
public static class WholeNumber
{
    /// <summary>The maximum length of a number in a JSON string, in code points; a longer one is refused without reading it.</summary>
    public const int MaxTextLength = 1000;

    /// <summary>Parses a JSON number or a JSON string; other JSON types are no whole number.</summary>
    public static bool TryParse(JsonElement value, out BigInteger number)
    {
        number = default;
        return value.ValueKind switch
        {
            // A number this long exceeds every limit, which its first digits show as well as all of them.
            JsonValueKind.Number => TryParseDecimal(Shorten(PythonNumber.Format(value)), out number),
            JsonValueKind.String => !JsonText.HasLoneSurrogate(value) && TryParseDecimal(value.GetString()!, out number),
            _ => false,
        };
    }

    /// <summary>Parses an optional sign and digits, with single underscores between the digits.</summary>
    public static bool TryParse(string text, out BigInteger number)
    {
        number = default;
        text = JsonText.Trim(text);
        var negative = text.StartsWith('-');
        var digits = new StringBuilder(text.Length);
        var previousIsDigit = false;
        foreach (var rune in text.AsSpan(negative || text.StartsWith('+') ? 1 : 0).EnumerateRunes())
        {
            var isDigit = Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber;
            var separates = rune.Value == '_' && previousIsDigit;
            if (!isDigit && !separates) return false;
            if (isDigit) digits.Append((char)('0' + (int)Rune.GetNumericValue(rune)));
            previousIsDigit = isDigit;
        }
        if (!previousIsDigit) return false;
        number = BigInteger.Parse(digits.ToString(), NumberStyles.None, CultureInfo.InvariantCulture);
        if (negative) number = -number;
        return true;
    }

    /// <summary>As <see cref="TryParse(string, out BigInteger)"/>, but a fraction that consists of zeros is allowed.</summary>
    private static bool TryParseDecimal(string text, out BigInteger number)
    {
        var withoutZeros = JsonText.Trim(text).TrimEnd('0');
        return TryParse(withoutZeros.EndsWith('.') ? withoutZeros[..^1] : text, out number);
    }

    private static string Shorten(string text) => text.Length > MaxTextLength ? text[..MaxTextLength] : text;
}
