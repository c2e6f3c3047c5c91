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
    /// <summary>A longer text is refused unread.</summary>
    public const int MaxTextLength = 1000;

    public static bool TryRead(JsonElement value, out BigInteger number)
    {
        number = default;
        return value.ValueKind switch
        {
            // However long, a number is only ever too large: its first digits tell as much as all of them.
            JsonValueKind.Number => TryReadDecimal(Shortened(PythonNumber.From(value)), out number),
            JsonValueKind.String => !Text.HasLoneSurrogate(value) && TryReadDecimal(value.GetString()!, out number),
            _ => false,
        };
    }

    /// <summary>Reads a whole number: an optional sign and digits, with single underscores between them.</summary>
    public static bool TryRead(string text, out BigInteger number)
    {
        number = default;
        text = Text.Trim(text);
        var negative = text.StartsWith('-');
        var digits = new StringBuilder(text.Length);
        var previousIsDigit = false;
        foreach (var rune in text.AsSpan(negative || text.StartsWith('+') ? 1 : 0).EnumerateRunes())
        {
            var digit = Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber ? (int)Rune.GetNumericValue(rune) : -1;
            if (digit < 0 && !(rune.Value == '_' && previousIsDigit)) return false;
            if (digit >= 0) digits.Append((char)('0' + digit));
            previousIsDigit = digit >= 0;
        }
        if (!previousIsDigit) return false;
        number = BigInteger.Parse(digits.ToString(), NumberStyles.None, CultureInfo.InvariantCulture);
        if (negative) number = -number;
        return true;
    }

    /// <summary>As <see cref="TryRead(string, out BigInteger)"/>, with a fraction of nothing but zeros allowed.</summary>
    private static bool TryReadDecimal(string text, out BigInteger number)
    {
        var withoutZeros = Text.Trim(text).TrimEnd('0');
        return TryRead(withoutZeros.EndsWith('.') ? withoutZeros[..^1] : text, out number);
    }

    private static string Shortened(string text) => text.Length > MaxTextLength ? text[..MaxTextLength] : text;
}
