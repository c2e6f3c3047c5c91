using System.Globalization;
using System.Net;
using System.Text;
using Klanten.Functions.Http;

namespace Klanten.Functions.Hosting;

/// <summary>Where the program listens, and what it lets in.</summary>
internal static class Server
{
    public const int DefaultPort = 7071;

    /// <summary>The Functions host tells the port that it will call (functions-custom-handlers, Microsoft Learn).</summary>
    public static int? FunctionsPort(IConfiguration configuration) =>
        int.TryParse(configuration["FUNCTIONS_CUSTOMHANDLER_PORT"], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    public static void UseServer(this WebApplicationBuilder builder)
    {
        var functionsPort = FunctionsPort(builder.Configuration);
        if (functionsPort is null && string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
            builder.WebHost.UseUrls($"http://127.0.0.1:{DefaultPort}");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = RequestBody.MaxLength;
            // Latin-1 takes every byte, so that a header can be refused, or read as UTF-8, by whoever it is for.
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            // Addresses of the environment (ASPNETCORE_URLS leaks in from the host) count for nothing then.
            if (functionsPort is { } port) kestrel.Listen(IPAddress.Loopback, port);
        });
    }
}
