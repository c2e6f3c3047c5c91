using System.Text.Json;
using System.Text.Json.Serialization;
using Klanten.Functions.Settings;
using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Storage.Cosmos.Requests;

/// <summary>Creates the Cosmos DB client. The program has one, for its whole lifetime, as Microsoft advises.</summary>
internal static class CosmosClients
{
    /// <summary>How long the SDK may retry after 429 before the consumer gets a 503 with Retry-After.</summary>
    private static readonly TimeSpan MaxWaitWhenBusy = TimeSpan.FromSeconds(5);

    /// <remarks>
    /// There is no hedging and no preferred region: every request goes to the region that takes the writes (ADR 16). The HTTP client is
    /// the SDK's own: it renews its connections every five minutes (PooledConnectionLifetime), so that the gateway's new address
    /// is found after a failover, and it heeds what a connection string says about certificates.
    /// </remarks>
    public static CosmosClientOptions ClientOptions(CosmosOptions options)
    {
        return new()
        {
            ApplicationName = "Klanten",
            ConnectionMode = options.Gateway ? ConnectionMode.Gateway : ConnectionMode.Direct,
            LimitToEndpoint = options.Gateway,
            // The program has the document that it wrote, so it need not come back in the answer.
            EnableContentResponseOnWrite = false,
            MaxRetryWaitTimeOnRateLimitedRequests = MaxWaitWhenBusy,
            UseSystemTextJsonSerializerWithOptions = new JsonSerializerOptions { TypeInfoResolver = ParameterJson.Default },
        };
    }

    public static CosmosClient Create(CosmosOptions options, CosmosClientOptions client) =>
        string.IsNullOrEmpty(options.ConnectionString)
            ? new(options.Endpoint, AzureIdentity.Create(), client)
            : new(options.ConnectionString, client);
}

/// <summary>
/// The values that the SDK serializes: query parameters and increments. Documents are serialized by the store itself.
/// </summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(long))]
internal sealed partial class ParameterJson : JsonSerializerContext;
