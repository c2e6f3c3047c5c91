using Klanten.Functions.Http;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Autorisaties;

internal static class AutorisatieServices
{
    public static void AddAutorisaties(this IServiceCollection services)
    {
        services.AddOptions<ApplicatiesOptions>().BindConfiguration("Klanten").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<AutorisatiesOptions>().BindConfiguration("Klanten:Autorisaties").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<Applicaties>().AddSingleton<TokenChecker>().AddSingleton<Authorizer>();
        services.AddNeighbour(nameof(AutorisatiesClient), provider => provider.GetRequiredService<IOptions<AutorisatiesOptions>>().Value.Url);
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<AutorisatiesOptions>>().Value;
            var clock = provider.GetRequiredService<TimeProvider>();
            var remote = options.Enabled
                ? new AutorisatiesClient(provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(AutorisatiesClient)), new(options.ClientId, options.Secret, clock))
                : null;
            return new ApplicatieDirectory(provider.GetRequiredService<Applicaties>(), remote, options.Levensduur, clock);
        });
    }
}
