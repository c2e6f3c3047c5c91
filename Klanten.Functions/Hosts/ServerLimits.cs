using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Klanten.Functions.Hosts;

/// <summary>Kestrel's limits, in both hosts.</summary>
internal static class ServerLimits
{
    public static void AddServerLimits(this IServiceCollection services) => services.Configure<KestrelServerOptions>(kestrel =>
    {
        kestrel.AddServerHeader = false;
        // RequestBody enforces the limit. Kestrel's own limit would reset the connection before the consumer can read the 413,
        // and a Functions host would turn that into a 500.
        kestrel.Limits.MaxRequestBodySize = null;
        // Latin-1 accepts every byte; AuditHeaders decodes the headers that consumers send as UTF-8.
        kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
    });
}
