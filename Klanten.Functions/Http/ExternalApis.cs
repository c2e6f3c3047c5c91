namespace Klanten.Functions.Http;

/// <summary>HTTP clients of the APIs around this one.</summary>
internal static class ExternalApis
{
    /// <summary>Longer than any healthy answer, shorter than whatever waits for one.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of an answer that are read.</summary>
    private const int MaxAnswerBytes = 1024 * 1024;

    /// <param name="services">Where the client is added to.</param>
    /// <param name="name">Name of the client.</param>
    /// <param name="url">Its base URL; null when the other API is not configured.</param>
    public static void AddExternalApi(this IServiceCollection services, string name, Func<IServiceProvider, string?> url) =>
        services.AddHttpClient(name, (provider, client) =>
            {
                client.BaseAddress = url(provider) is { } address ? new(address.EndsWith('/') ? address : address + "/") : null;
                client.Timeout = Timeout;
                client.MaxResponseContentBufferSize = MaxAnswerBytes;
            })
            .UseSocketsHttpHandler((handler, _) => (handler.AllowAutoRedirect, handler.PooledConnectionLifetime) = (false, TimeSpan.FromMinutes(2)))
            // The clients live as long as the program; the handler itself renews its connections.
            .SetHandlerLifetime(System.Threading.Timeout.InfiniteTimeSpan)
            // The factory's loggers write whole URLs.
            .RemoveAllLoggers();
}
