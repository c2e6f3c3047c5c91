using Klanten.Core.UseCases;
using Klanten.Functions.Autorisaties;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Notificaties;

internal static class NotificatieServices
{
    /// <summary>Longer than any healthy answer, shorter than the lease of an entry.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    public static void AddNotificaties(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<NotificatiesOptions>().BindConfiguration("Klanten:Notificaties").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new Publication(provider.GetRequiredService<IOptions<NotificatiesOptions>>().Value.Enabled));
        if (string.IsNullOrEmpty(builder.Configuration["Klanten:Notificaties:Url"])) return;

        services.AddHttpClient(nameof(NotificatiesClient), (provider, client) =>
            {
                client.BaseAddress = NeighbourCredential.BaseAddress(provider.GetRequiredService<IOptions<NotificatiesOptions>>().Value.Url!);
                client.Timeout = Timeout;
            })
            .UseSocketsHttpHandler((handler, _) => (handler.AllowAutoRedirect, handler.PooledConnectionLifetime) = (false, TimeSpan.FromMinutes(2)))
            .SetHandlerLifetime(System.Threading.Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<NotificatiesOptions>>().Value;
            return new NotificatiesClient(
                provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(NotificatiesClient)),
                new(options.ClientId, options.Secret, provider.GetRequiredService<TimeProvider>()));
        });
        services.AddSingleton<OutboxDispatcher>();
        services.AddHostedService<OutboxService>();
    }
}
