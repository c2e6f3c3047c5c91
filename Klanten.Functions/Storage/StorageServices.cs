using System.ComponentModel.DataAnnotations;
using Klanten.Core.Storage;
using Klanten.Functions.Storage.Cosmos;
using Klanten.Functions.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Storage;

/// <summary>The stores to choose from.</summary>
public enum Opslag
{
    Sqlite,
    Cosmos,
}

/// <summary>Key <c>Klanten:Opslag</c>.</summary>
public sealed class StorageOptions
{
    [EnumDataType(typeof(Opslag), ErrorMessage = "Klanten:Opslag moet Sqlite of Cosmos zijn.")]
    public Opslag Opslag { get; set; }
}

internal static class StorageServices
{
    public static void AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration("Klanten").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SqliteOptions>().BindConfiguration("Klanten:Sqlite").ValidateDataAnnotations().ValidateOnStart();
        services.AddCosmos();
        services.AddSingleton<IKlantStore>(provider => provider.GetRequiredService<IOptions<StorageOptions>>().Value.Opslag switch
        {
            Opslag.Cosmos => provider.GetRequiredService<CosmosKlantStore>(),
            _ => new SqliteKlantStore(provider.GetRequiredService<IOptions<SqliteOptions>>().Value),
        });
    }
}
