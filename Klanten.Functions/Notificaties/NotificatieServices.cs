using Klanten.Core.UseCases;
using Klanten.Functions.Http;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Notificaties;

internal static class NotificatieServices
{
    public static void AddNotificaties(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<NotificatiesOptions>().BindConfiguration("Klanten:Notificaties").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new Publication(provider.GetRequiredService<IOptions<NotificatiesOptions>>().Value.Enabled));
        if (string.IsNullOrEmpty(builder.Configuration["Klanten:Notificaties:Url"])) return;

        services.AddExternalApi(nameof(NotificatiesClient), provider => provider.GetRequiredService<IOptions<NotificatiesOptions>>().Value.Url);
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<NotificatiesOptions>>().Value;
            return new NotificatiesClient(
                provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(NotificatiesClient)),
                new(options.ClientId, options.Secret, provider.GetRequiredService<TimeProvider>()));
        });
        services.AddSingleton<OutboxDispatcher>().AddSingleton<IOutboxDelivery>(provider => provider.GetRequiredService<OutboxDispatcher>());
        services.AddHostedService<OutboxService>();
    }
}
