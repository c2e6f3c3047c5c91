using Klanten.Core.Ports;
using Klanten.Functions.Hosts;
using Klanten.Functions.Settings;
using Klanten.Functions.Storage;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Pages;

/// <summary>The pages for people: front page, reference of the API, and what errors, scopes and channels mean.</summary>
internal static class PageServices
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddSingleton<PageLibrary>();
        services.AddSettings<FrontPageOptions>("Klanten:Voorpagina", (section, options) => section.Bind(options));
        services.AddSingleton(provider => new DemoToken(provider.GetService<DemoOptions>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Func<IKlantCounts>>(provider => provider.GetRequiredService<IKlantCounts>);
        services.AddSingleton<FrontPageFacts>();
        services.AddSingleton(provider => new FrontPageView(
            provider.GetRequiredService<FrontPageFacts>(),
            provider.GetRequiredService<DemoToken>(),
            isFull: provider.GetRequiredService<IOptions<FrontPageOptions>>().Value.Volledig
                ?? provider.GetRequiredService<IHostEnvironment>().IsDevelopment(),
            store: provider.GetRequiredService<IOptions<StorageOptions>>().Value.Opslag == Opslag.Cosmos ? "Azure Cosmos DB" : "SQLite"));
        services.AddSingleton(provider => new ApiReferenceView(provider.GetRequiredService<DemoToken>()));
    }
}
