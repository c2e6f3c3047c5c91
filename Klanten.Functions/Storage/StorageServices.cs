using Klanten.Core.Ports;
using Klanten.Functions.Autorisaties;
using Klanten.Functions.Settings;
using Klanten.Functions.Storage.Cosmos;
using Klanten.Functions.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Storage;

/// <summary>The stores that <c>Klanten:Opslag</c> chooses from.</summary>
public enum Opslag
{
    Sqlite,
    Cosmos,
}

/// <summary>Key <c>Klanten:Opslag</c>.</summary>
public sealed class StorageOptions
{
    public Opslag Opslag { get; set; }
}

internal static class StorageServices
{
    public static void AddStorage(this IServiceCollection services)
    {
        services.AddSettings<StorageOptions>("Klanten", (section, options) => section.Bind(options));
        services.AddSettings<SqliteOptions>("Klanten:Sqlite", (section, options) => section.Bind(options));
        services.AddSingleton<ISettingsRemarks, StorageRemarks>();
        services.AddSingleton<SqliteFaults>();
        services.AddSingleton(provider => new SqliteDatabase(
            provider.GetRequiredService<IOptions<SqliteOptions>>().Value,
            provider.GetRequiredService<SqliteFaults>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<ApplicationsOptions>>().Value.HasOpenKlant));
        services.AddSingleton<SqliteKlantStore>().AddSingleton<SqliteExport>();
        services.AddSingleton<SqliteOutbox>().AddSingleton<SqliteOutboxOverview>();
        services.AddCosmos();
        services.AddSingleton(Choose<IKlantStore, SqliteKlantStore, CosmosKlantStore>);
        services.AddSingleton(Choose<IKlantCounts, SqliteKlantStore, CosmosKlantStore>);
        services.AddSingleton(Choose<IOutbox, SqliteOutbox, CosmosOutbox>);
        services.AddSingleton(Choose<IOutboxOverview, SqliteOutboxOverview, CosmosOutbox>);
        services.AddSingleton(Choose<IKlantExport, SqliteExport, CosmosKlantStore>);
        services.AddSingleton(Condition);
        services.AddHostedService<StoreWarmup>();
    }

    private static TPort Choose<TPort, TSqlite, TCosmos>(IServiceProvider provider)
        where TPort : class
        where TSqlite : class, TPort
        where TCosmos : class, TPort
    {
        return IsCosmos(provider) ? provider.GetRequiredService<TCosmos>() : provider.GetRequiredService<TSqlite>();
    }

    /// <remarks>Cosmos DB tells its condition by its answers only.</remarks>
    private static StoreCondition Condition(IServiceProvider provider) =>
        new(IsCosmos(provider) ? () => null : () => provider.GetRequiredService<SqliteDatabase>().Fault);

    private static bool IsCosmos(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<StorageOptions>>().Value.Opslag == Opslag.Cosmos;
}
