using System.Globalization;

namespace Klanten.Functions.Http;

/// <summary>Moments as the reference writes them: UTC, to the microsecond (RFC 3339).</summary>
internal static class Timestamps
{
    public static string Write(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}
