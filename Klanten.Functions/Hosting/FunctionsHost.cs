using System.Globalization;
using Microsoft.AspNetCore.HttpOverrides;

namespace Klanten.Functions.Hosting;

/// <summary>What changes when the Azure Functions host runs the program (functions-custom-handlers, Microsoft Learn).</summary>
internal static class FunctionsHost
{
    private const string PortKey = "FUNCTIONS_CUSTOMHANDLER_PORT";

    /// <summary>The port that the host will call; null when no host started the program.</summary>
    public static int? Port(IConfiguration configuration) =>
        int.TryParse(configuration[PortKey], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    /// <summary>
    /// The host calls 127.0.0.1 and tells the consumer's address in X-Forwarded-Host and -Proto, which it overwrites.
    /// Anyone else could make these headers up, so without a host they count for nothing.
    /// </summary>
    public static void UseForwardedAddress(this WebApplication app)
    {
        if (Port(app.Configuration) is null) return;
        app.UseForwardedHeaders(new() { ForwardedHeaders = ForwardedHeaders.XForwardedHost | ForwardedHeaders.XForwardedProto });
    }

    /// <summary>Lets the host reach endpoints outside its route prefix; call it after everything is mapped.</summary>
    public static void MapHostAliases(this WebApplication app)
    {
        if (Port(app.Configuration) is null) return;
        IEndpointRouteBuilder routes = app;
        routes.DataSources.Add(new HostAliases([.. routes.DataSources]));
    }
}
