using Klanten.Functions.Settings;
using Klanten.Functions.Storage.Cosmos.Requests;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Storage.Cosmos;

internal static class CosmosServices
{
    /// <summary>Registers the store and what it needs; none of it is created unless Cosmos DB is the configured store.</summary>
    public static void AddCosmos(this IServiceCollection services)
    {
        services.AddSettings<CosmosOptions>("Klanten:Cosmos", (section, options) => section.Bind(options));
        services.AddSingleton<IValidateOptions<CosmosOptions>, CosmosOptionsValidator>();
        services.AddSingleton<CosmosMetrics>();
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<CosmosOptions>>().Value;
            return new CosmosConnection(CosmosClients.Create(options, CosmosClients.ClientOptions(options)));
        });
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<CosmosOptions>>().Value;
            var client = provider.GetRequiredService<CosmosConnection>().Client;
            var container = client.GetContainer(options.Database, options.Container);
            var writeRegion = new WriteRegion(client, options.Gateway, provider.GetRequiredService<ILogger<WriteRegion>>());
            return new CosmosAccess(container, provider.GetRequiredService<CosmosMetrics>(), writeRegion, new(client, options));
        });
        services.AddSingleton(provider => new CommittedPartitions(new(provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton<CosmosKlantStore>().AddSingleton<CosmosOutbox>();
    }
}
