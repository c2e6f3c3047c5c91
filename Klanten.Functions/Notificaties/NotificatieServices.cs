using Klanten.Core.UseCases;
using Klanten.Functions.ExternalApis;
using Klanten.Functions.Settings;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Notificaties;

internal static class NotificatieServices
{
    public static void AddNotificaties(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<NotificatiesOptions>("Klanten:Notificaties", (section, options) => section.Bind(options));
        services.AddSingleton(provider => new Publication(Options(provider).Enabled));
        if (string.IsNullOrEmpty(builder.Configuration["Klanten:Notificaties:Url"]))
        {
            return;
        }
        services.AddExternalApi<NotificatiesOptions>(nameof(NotificatiesClient), NotificatiesClient.Tag);
        services.AddSingleton(CreateClient);
        services.AddSingleton<OutboxDispatcher>();
        services.AddSingleton<IOutboxDelivery>(provider => provider.GetRequiredService<OutboxDispatcher>());
        services.AddHostedService<OutboxService>();
    }

    private static NotificatiesClient CreateClient(IServiceProvider provider)
    {
        var options = Options(provider);
        var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(NotificatiesClient));
        var token = new OutgoingToken(options.ClientId, options.Secret, provider.GetRequiredService<TimeProvider>());
        return new(http, token, options.Section, provider.GetRequiredService<ExternalApiStates>());
    }

    private static NotificatiesOptions Options(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<NotificatiesOptions>>().Value;
}
