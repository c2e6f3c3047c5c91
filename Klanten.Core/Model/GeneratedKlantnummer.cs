using System.Globalization;

namespace Klanten.Core.Model;

/// <summary>
/// The klantnummers that the API generates (kla-001, ADR 3): number 1 is klantnummer 10000000, number 90,000,000 is 99999999. All
/// have 8 digits and none starts with a zero, so a spreadsheet does not shorten them, and their order as text is their order as numbers.
/// </summary>
public static class GeneratedKlantnummer
{
    /// <summary>The klantnummer of the last number.</summary>
    public const string Last = "99999999";

    /// <summary>The last number; later ones have no klantnummer.</summary>
    public const long Count = 90_000_000;

    private const long BeforeFirst = 9_999_999;

    private const int Length = 8;

    /// <summary>The klantnummer of a number from 1; null past the last.</summary>
    public static string? Format(long number) =>
        number <= Count ? (BeforeFirst + number).ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>The number that this klantnummer has; null for one that the API does not generate.</summary>
    public static long? Parse(string klantnummer)
    {
        var isNumber = long.TryParse(klantnummer, NumberStyles.None, CultureInfo.InvariantCulture, out var value);
        return isNumber && klantnummer.Length == Length && value > BeforeFirst ? value - BeforeFirst : null;
    }
}
