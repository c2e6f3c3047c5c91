using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace Klanten.Functions.Http;

/// <summary>The headers that do not depend on what becomes of a request: an error has them as well.</summary>
internal static class StandingHeaders
{
    private static readonly TimeSpan StrictTransportAge = TimeSpan.FromDays(365);

    private static readonly string StrictTransport =
        string.Create(CultureInfo.InvariantCulture, $"max-age={(long)StrictTransportAge.TotalSeconds}");

    /// <summary>Sets the headers of every answer of the program.</summary>
    /// <param name="http">The request and its answer.</param>
    /// <param name="isSecure">Whether the consumer uses TLS: a browser must then not use the address without it (RFC 6797).</param>
    public static void Set(HttpContext http, bool isSecure)
    {
        var headers = http.Response.Headers;
        headers["API-version"] = ApiRoute.Version;
        headers.XFrameOptions = "SAMEORIGIN";
        headers.XContentTypeOptions = "nosniff";
        // Also without an Origin: a cache would else give that answer to a browser, without the headers of CORS.
        headers.Vary = HeaderNames.Origin;
        if (isSecure)
        {
            headers.StrictTransportSecurity = StrictTransport;
        }
    }

    /// <summary>Sets the headers of every answer on a path of the API; klanten must not stay in a cache that others use.</summary>
    public static void Set(HttpContext http, ApiRoute route)
    {
        var headers = http.Response.Headers;
        headers.Allow = route.Allow;
        headers.CacheControl = "private, no-cache";
    }
}
