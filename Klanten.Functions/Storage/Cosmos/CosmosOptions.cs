using System.Data.Common;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>Section <c>Klanten:Cosmos</c>.</summary>
public sealed class CosmosOptions
{
    /// <summary>Address of the account. The program signs in with its managed identity (Azure.Identity).</summary>
    public string? Endpoint { get; set; }

    /// <summary>
    /// Address and key in one, for emulators and for accounts that allow keys. Cannot be combined with <see cref="Endpoint"/>.
    /// </summary>
    public string? ConnectionString { get; set; }

    public string Database { get; set; } = "klanten";
    public string Container { get; set; } = "klanten";

    /// <summary>Whether to create the database and the container, when they are missing, before the first request to them.</summary>
    public bool Aanmaken { get; set; }

    /// <summary>Whether to use gateway mode: HTTPS to the one given address, for emulators and networks that allow nothing else.</summary>
    public bool Gateway { get; set; }

    /// <summary>Regions of the account, nearest first; when empty, the account's own order applies.</summary>
    public IList<string> Regios { get; } = [];
}

/// <summary>Reports each mistake in the section, if Cosmos DB is the configured store.</summary>
internal sealed class CosmosOptionsValidator(IOptions<StorageOptions> storage) : IValidateOptions<CosmosOptions>
{
    public ValidateOptionsResult Validate(string? name, CosmosOptions options)
    {
        if (storage.Value.Opslag != Opslag.Cosmos) return ValidateOptionsResult.Skip;
        var mistakes = Mistakes(options).ToList();
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Mistakes(CosmosOptions options)
    {
        if (string.IsNullOrEmpty(options.Endpoint) == string.IsNullOrEmpty(options.ConnectionString))
            yield return "Geef Klanten:Cosmos:Endpoint of Klanten:Cosmos:ConnectionString op, niet allebei.";
        if (!string.IsNullOrEmpty(options.Endpoint) && !Uri.TryCreate(options.Endpoint, UriKind.Absolute, out _))
            yield return "Klanten:Cosmos:Endpoint moet een URL zijn.";
        if (!string.IsNullOrEmpty(options.ConnectionString) && !IsConnectionString(options.ConnectionString))
            yield return "Klanten:Cosmos:ConnectionString moet AccountEndpoint en AccountKey bevatten.";
        if (string.IsNullOrWhiteSpace(options.Database)) yield return "Klanten:Cosmos:Database mag niet leeg zijn.";
        if (string.IsNullOrWhiteSpace(options.Container)) yield return "Klanten:Cosmos:Container mag niet leeg zijn.";
    }

    private static bool IsConnectionString(string text)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = text };
            return parts.ContainsKey("AccountEndpoint") && parts.ContainsKey("AccountKey");
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
