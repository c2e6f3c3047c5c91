using System.Globalization;
using System.Text.Json;

namespace Klanten.Core.Fields;

/// <summary>
/// Numbers where text is expected. The reference, a Python program, turns them into text with <c>str()</c>; consumers see
/// the result.
/// </summary>
public static class PythonNumber
{
    /// <summary>The text of a JSON number: 12 is "12", 1.0 stays "1.0", 1e20 becomes "1e+20".</summary>
    public static string Format(JsonElement number)
    {
        var raw = number.GetRawText();
        if (raw.AsSpan().IndexOfAny('.', 'e', 'E') < 0) return raw == "-0" ? "0" : raw;
        var value = double.Parse(raw, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (double.IsInfinity(value)) return value > 0 ? "inf" : "-inf";
        // .NET and Python agree on the digits (the shortest that read back to the same value), not on how to lay them out.
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var e = shortest.IndexOf('E');
        var mantissa = e < 0 ? shortest : shortest[..e];
        var point = mantissa.IndexOf('.');
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        var exponent = (point < 0 ? mantissa.Length : point) - (all.Length - digits.Length) - 1;
        if (e >= 0) exponent += int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        digits = digits.TrimEnd('0');
        var sign = double.IsNegative(value) ? "-" : "";
        return sign + (digits.Length == 0 ? "0.0" : Layout(digits, exponent));
    }

    /// <param name="digits">The significant digits.</param>
    /// <param name="exponent">The power of ten of the first digit.</param>
    private static string Layout(string digits, int exponent)
    {
        if (exponent is < -4 or >= 16)
        {
            var fraction = digits.Length > 1 ? "." + digits[1..] : "";
            var exponentSign = exponent < 0 ? '-' : '+';
            return $"{digits[0]}{fraction}e{exponentSign}{Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)}";
        }
        if (exponent < 0) return $"0.{new string('0', -exponent - 1)}{digits}";
        var whole = digits.PadRight(exponent + 1, '0');
        return $"{whole[..(exponent + 1)]}.{(whole.Length > exponent + 1 ? whole[(exponent + 1)..] : "0")}";
    }
}
