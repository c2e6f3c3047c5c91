using Klanten.Functions.Http;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Autorisaties;

internal static class AutorisatieServices
{
    public static void AddAutorisaties(this IServiceCollection services)
    {
        services.AddOptions<ApplicationsOptions>().BindConfiguration("Klanten").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<AutorisatiesOptions>().BindConfiguration("Klanten:Autorisaties").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ConfiguredApplications>().AddSingleton<TokenChecker>().AddSingleton<Authorizer>();
        services.AddExternalApi(nameof(AutorisatiesClient), provider => provider.GetRequiredService<IOptions<AutorisatiesOptions>>().Value.Url);
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<AutorisatiesOptions>>().Value;
            var clock = provider.GetRequiredService<TimeProvider>();
            var remote = options.Enabled
                ? new AutorisatiesClient(provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(AutorisatiesClient)), new(options.ClientId, options.Secret, clock))
                : null;
            return new ApplicationDirectory(provider.GetRequiredService<ConfiguredApplications>(), remote, options.Levensduur, clock);
        });
    }
}
