using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Primitives;

namespace Klanten.Functions.Hosting;

/// <summary>
/// The host serves nothing outside its route prefix. A named endpoint that lives there (/healthz/live) gets a function
/// beneath the prefix, and the host passes paths on as they are: so it answers at that second address as well.
/// </summary>
internal sealed class HostAliases(IReadOnlyList<EndpointDataSource> mapped) : EndpointDataSource
{
    private readonly Lazy<IReadOnlyList<Endpoint>> aliases = new(() =>
    [
        .. mapped.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Where(FunctionRoutes.NeedsAlias).Select(Alias),
    ]);

    public override IReadOnlyList<Endpoint> Endpoints => aliases.Value;

    public override IChangeToken GetChangeToken() => NullChangeToken.Singleton;

    private static RouteEndpoint Alias(RouteEndpoint endpoint) => new(
        endpoint.RequestDelegate!,
        RoutePatternFactory.Parse(FunctionRoutes.Prefix + FunctionRoutes.Of(endpoint)),
        endpoint.Order,
        new(endpoint.Metadata.Where(m => m is not IEndpointNameMetadata)),
        endpoint.DisplayName);
}
