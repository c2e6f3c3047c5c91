using System.Globalization;

namespace Klanten.Functions.Http;

/// <summary>The reference's format of moments: RFC 3339 in UTC, with microseconds.</summary>
internal static class Timestamps
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static string Write(DateTimeOffset moment) => moment.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);
}
