using System.Text;

namespace Klanten.Functions.Hosting;

/// <summary>Where the program listens, and what it lets in.</summary>
internal static class Server
{
    public const int DefaultPort = 7071;

    public static void UseServer(this WebApplicationBuilder builder)
    {
        var functionsPort = FunctionsHost.Port(builder.Configuration);
        // Addresses of the environment count for nothing under the host: its own ASPNETCORE_URLS leaks in.
        if (functionsPort is not null) builder.WebHost.PreferHostingUrls(true);
        if (functionsPort is not null || string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
            builder.WebHost.UseUrls($"http://127.0.0.1:{functionsPort ?? DefaultPort}");
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // Who reads a body keeps its limit. Kestrel's own would drop the connection, and with it the answer 413, while a
            // consumer is still sending; without it what is left of a body is read away for some seconds.
            kestrel.Limits.MaxRequestBodySize = null;
            // Latin-1 takes every byte, so that a header can be refused, or read as UTF-8, by whoever it is for.
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
        });
    }
}
