using Klanten.Functions.ExternalApis;
using Klanten.Functions.Settings;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Autorisaties;

internal static class AutorisatieServices
{
    public static void AddAutorisaties(this IServiceCollection services)
    {
        services.AddSettings<ApplicationsOptions>("Klanten", (section, options) => section.Bind(options));
        services.AddSettings<AutorisatiesOptions>("Klanten:Autorisaties", (section, options) => section.Bind(options));
        services.AddSettings<TokenOptions>("Klanten:Tokens", (section, options) => section.Bind(options));
        services.AddSingleton<ISettingsRemarks, ApplicationRemarks>();
        services.AddExternalApi<AutorisatiesOptions>(nameof(AutorisatiesClient), AutorisatiesClient.Tag);
        services.AddSingleton<ConfiguredApplications>().AddSingleton<TokenChecker>().AddSingleton<Authorizer>();
        services.AddSingleton(CreateDirectory);
    }

    private static ApplicationDirectory CreateDirectory(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<AutorisatiesOptions>>().Value;
        var configured = provider.GetRequiredService<ConfiguredApplications>();
        var clock = provider.GetRequiredService<TimeProvider>();
        if (!options.Enabled)
        {
            return new(configured, null, options.Levensduur, clock);
        }
        var http = provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(AutorisatiesClient));
        var token = new OutgoingToken(options.ClientId, options.Secret, clock);
        var client = new AutorisatiesClient(http, token, options.Section, provider.GetRequiredService<ExternalApiStates>());
        return new(configured, client, options.Levensduur, clock);
    }
}
