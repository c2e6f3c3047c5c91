using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Storage.Cosmos;

internal static class CosmosServices
{
    /// <summary>The store and what it needs; none of it is made unless Cosmos DB is the store.</summary>
    public static void AddCosmos(this IServiceCollection services)
    {
        services.AddOptions<CosmosOptions>().BindConfiguration("Klanten:Cosmos").ValidateOnStart();
        services.AddSingleton<IValidateOptions<CosmosOptions>, CosmosOptionsValidator>();
        services.AddSingleton<CosmosMetrics>();
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<CosmosOptions>>().Value;
            return CosmosClients.Create(options, CosmosClients.ClientOptions(options));
        });
        services.AddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<CosmosOptions>>().Value;
            var container = provider.GetRequiredService<CosmosClient>().GetContainer(options.Database, options.Container);
            return new CosmosAccess(container, provider.GetRequiredService<CosmosMetrics>());
        });
        services.AddSingleton<OutboxSignal>().AddSingleton<CosmosKlantStore>().AddSingleton<CosmosOutbox>();
        services.AddHostedService<CosmosCreation>();
    }

    /// <summary>Makes the container before the first request is taken, when asked to.</summary>
    private sealed class CosmosCreation(IServiceProvider provider, IOptions<StorageOptions> storage, IOptions<CosmosOptions> options) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) =>
            storage.Value.Opslag == Opslag.Cosmos && options.Value.Aanmaken
                ? ContainerDefinition.CreateAsync(provider.GetRequiredService<CosmosClient>(), options.Value, cancellationToken)
                : Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
