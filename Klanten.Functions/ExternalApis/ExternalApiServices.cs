using Microsoft.Extensions.Options;

namespace Klanten.Functions.ExternalApis;

/// <summary>HTTP clients for the servers that this program calls.</summary>
internal static class ExternalApiServices
{
    /// <summary>Connections are renewed, so that a changed DNS record is noticed.</summary>
    public static readonly TimeSpan PooledConnectionLifetime = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    private const int MaxResponseBytes = 1024 * 1024;

    /// <summary>Adds the client of an API that the configuration may name: its base address, timeout and response limit.</summary>
    /// <typeparam name="TOptions">The section of the API.</typeparam>
    /// <param name="services">The services of the program.</param>
    /// <param name="name">Name of the client.</param>
    public static void AddExternalApi<TOptions>(this IServiceCollection services, string name)
        where TOptions : ExternalApiOptions
    {
        services
            .AddUnloggedHttpClient(name, (provider, client) =>
            {
                client.BaseAddress = provider.GetRequiredService<IOptions<TOptions>>().Value.BaseAddress;
                client.Timeout = Timeout;
                client.MaxResponseContentBufferSize = MaxResponseBytes;
            })
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.PooledConnectionLifetime = PooledConnectionLifetime;
            });
    }

    /// <summary>Adds a client that logs nothing, because the factory's loggers write whole URLs, which may hold a BSN.</summary>
    public static IHttpClientBuilder AddUnloggedHttpClient(
        this IServiceCollection services, string name, Action<IServiceProvider, HttpClient> configure) =>
        services.AddHttpClient(name, configure)
            // The clients are singletons, so the factory must not replace their handlers; the sockets renew their connections.
            .SetHandlerLifetime(System.Threading.Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
}
