using System.Globalization;

namespace Klanten.Functions.Storage.Cosmos.Documents;

/// <summary>Moments as text whose alphabetical order is their chronological order: UTC, to the microsecond.</summary>
internal static class Timestamp
{
    private const string Pattern = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static string Format(DateTimeOffset moment) => moment.UtcDateTime.ToString(Pattern, CultureInfo.InvariantCulture);

    public static DateTimeOffset Parse(string text) => DateTimeOffset.ParseExact(
        text, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
