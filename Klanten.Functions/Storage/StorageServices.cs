using System.ComponentModel.DataAnnotations;
using Klanten.Core.Storage;
using Klanten.Functions.Storage.Sqlite;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Storage;

/// <summary>The stores to choose from.</summary>
public enum Opslag
{
    Sqlite,
}

/// <summary>Key <c>Klanten:Opslag</c>.</summary>
public sealed class StorageOptions
{
    [EnumDataType(typeof(Opslag), ErrorMessage = "Klanten:Opslag moet Sqlite zijn.")]
    public Opslag Opslag { get; set; }
}

internal static class StorageServices
{
    public static void AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration("Klanten").ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SqliteOptions>().BindConfiguration("Klanten:Sqlite").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IKlantStore>(provider => new SqliteKlantStore(provider.GetRequiredService<IOptions<SqliteOptions>>().Value));
    }
}
