using System.Data.Common;
using Klanten.Functions.Settings;
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
}

/// <summary>Reports each mistake in the section, if Cosmos DB is the configured store.</summary>
internal sealed class CosmosOptionsValidator(IOptions<StorageOptions> storage) : IValidateOptions<CosmosOptions>
{
    public ValidateOptionsResult Validate(string? name, CosmosOptions options)
    {
        if (storage.Value.Opslag != Opslag.Cosmos) return ValidateOptionsResult.Skip;
        var mistakes = Mistakes(options).Select(SettingMistake.Join).ToList();
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<Sentence> Mistakes(CosmosOptions options)
    {
        if (string.IsNullOrEmpty(options.Endpoint) == string.IsNullOrEmpty(options.ConnectionString))
            yield return SettingTexts.CosmosAddress;
        if (!string.IsNullOrEmpty(options.Endpoint) && !Addresses.IsBaseUrl(options.Endpoint))
            yield return SettingTexts.Keyed.With("Klanten:Cosmos:Endpoint", SettingTexts.NoBaseUrl);
        if (!string.IsNullOrEmpty(options.ConnectionString) && !IsConnectionString(options.ConnectionString))
            yield return SettingTexts.Keyed.With("Klanten:Cosmos:ConnectionString", SettingTexts.NoConnectionString);
        if (!IsName(options.Database)) yield return SettingTexts.Keyed.With("Klanten:Cosmos:Database", SettingTexts.NoCosmosName);
        if (!IsName(options.Container)) yield return SettingTexts.Keyed.With("Klanten:Cosmos:Container", SettingTexts.NoCosmosName);
    }

    /// <summary>The one option that the SDK reads of a connection string.</summary>
    private const string WithoutCertificate = "DisableServerCertificateValidation";

    /// <summary>The names that Cosmos DB takes for a database or a container.</summary>
    private static bool IsName(string text) =>
        !string.IsNullOrWhiteSpace(text) && text.Length <= 255 && text.IndexOfAny(['/', '\\', '?', '#']) < 0 && text.TrimEnd() == text;

    private static bool IsConnectionString(string text)
    {
        try
        {
            var parts = new DbConnectionStringBuilder { ConnectionString = text };
            return parts.TryGetValue("AccountEndpoint", out var endpoint)
                && Addresses.IsBaseUrl((string)endpoint)
                && parts.TryGetValue("AccountKey", out var key)
                && ((string)key).Length > 0
                && Convert.TryFromBase64String((string)key, new byte[((string)key).Length], out _)
                && (!parts.TryGetValue(WithoutCertificate, out var isOff) || bool.TryParse((string)isOff, out _));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
