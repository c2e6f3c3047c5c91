using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.ExternalApis;

/// <summary>HTTP clients for the servers that this program calls.</summary>
internal static class ExternalApiServices
{
    /// <summary>Connections are renewed, so that a changed DNS record is noticed.</summary>
    public static readonly TimeSpan PooledConnectionLifetime = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private const int MaxResponseBytes = 1024 * 1024;

    /// <summary>An API has one name, so one look-up at a time is all that it needs.</summary>
    private const int MaxLookUps = 1;

    /// <summary>Adds the client of an API that the configuration may name: its base address, timeout, response limit and health.</summary>
    /// <typeparam name="TOptions">The section of the API.</typeparam>
    /// <param name="services">The services of the program.</param>
    /// <param name="name">Name of the client.</param>
    /// <param name="tag">The API in metrics and health.</param>
    public static void AddExternalApi<TOptions>(this IServiceCollection services, string name, string tag)
        where TOptions : ExternalApiOptions
    {
        services.AddExternalApiStates();
        ExternalApiHealth.AddTo<TOptions>(services, tag, options => options.Enabled);
        services
            .AddUnloggedHttpClient(name, (provider, client) =>
            {
                client.BaseAddress = provider.GetRequiredService<IOptions<TOptions>>().Value.BaseAddress;
                client.Timeout = Timeout;
                client.MaxResponseContentBufferSize = MaxResponseBytes;
            })
            .UseSocketsHttpHandler((handler, provider) =>
            {
                var resolver = new HostResolver(provider.GetRequiredService<LookUpHost>(), MaxLookUps);
                handler.AllowAutoRedirect = false;
                handler.PooledConnectionLifetime = PooledConnectionLifetime;
                handler.ConnectTimeout = Timeout;
                handler.ConnectCallback = (context, cancellationToken) =>
                    ResolvedSockets.ConnectAsync(resolver, context, cancellationToken);
            });
    }

    /// <summary>Adds what all clients share: the resolver of the system, and the states of the APIs.</summary>
    public static void AddExternalApiStates(this IServiceCollection services)
    {
        services.TryAddSingleton<LookUpHost>(Dns.GetHostAddresses);
        services.TryAddSingleton<ExternalApiStates>();
    }

    /// <summary>Adds a client that logs nothing, because the factory's loggers write whole URLs, which may hold a BSN.</summary>
    public static IHttpClientBuilder AddUnloggedHttpClient(
        this IServiceCollection services, string name, Action<IServiceProvider, HttpClient> configure) =>
        services.AddHttpClient(name, configure)
            // The clients are singletons, so the factory must not replace their handlers; the sockets renew their connections.
            .SetHandlerLifetime(System.Threading.Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
}
