using Klanten.Functions.Http;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Klanten.Functions.Hosting;

/// <summary>How the paths of endpoints and the routes of functions relate.</summary>
internal static class FunctionRoutes
{
    /// <summary>Every function lives beneath it: routePrefix in host.json.</summary>
    public const string Prefix = PublicUrls.ApiPath + "/";

    /// <summary>The endpoint's route as function.json tells it: beneath the prefix, and with the one kind of catch-all that the host knows.</summary>
    public static string Of(RouteEndpoint endpoint)
    {
        var path = Path(endpoint);
        var route = IsBeneathPrefix(path) ? path[Prefix.Length..] : path[1..];
        return route.Replace("{**", "{*", StringComparison.Ordinal);
    }

    /// <summary>Whether the host's address for the endpoint differs from its own.</summary>
    public static bool NeedsAlias(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IEndpointNameMetadata>() is not null
        && endpoint.Metadata.GetMetadata<TimerTrigger>() is null
        && !IsCatchAll(endpoint)
        && !IsBeneathPrefix(Path(endpoint));

    public static bool IsCatchAll(RouteEndpoint endpoint) =>
        endpoint.RoutePattern.PathSegments is [{ Parts: [RoutePatternParameterPart { IsCatchAll: true }] }];

    private static bool IsBeneathPrefix(string path) => path.StartsWith(Prefix, StringComparison.Ordinal);

    private static string Path(RouteEndpoint endpoint) => "/" + endpoint.RoutePattern.RawText!.TrimStart('/');
}
