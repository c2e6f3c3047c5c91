using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Identity;
using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>Creates the Cosmos DB client. The program has one, for its whole lifetime, as Microsoft advises.</summary>
internal static class CosmosClients
{
    /// <summary>How long the SDK may retry after 429 before the consumer gets a 503 with Retry-After.</summary>
    private static readonly TimeSpan MaxWaitWhenBusy = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Hedging: a read that takes this long is sent to the next region too, and to one more region after each further step.
    /// </summary>
    private static readonly TimeSpan HedgeAfter = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan HedgeStep = TimeSpan.FromMilliseconds(250);

    public static CosmosClientOptions ClientOptions(CosmosOptions options)
    {
        var client = new CosmosClientOptions
        {
            ApplicationName = "Klanten",
            ConnectionMode = options.Gateway ? ConnectionMode.Gateway : ConnectionMode.Direct,
            LimitToEndpoint = options.Gateway,
            // The program has the document that it wrote, so it need not come back in the answer.
            EnableContentResponseOnWrite = false,
            MaxRetryWaitTimeOnRateLimitedRequests = MaxWaitWhenBusy,
            UseSystemTextJsonSerializerWithOptions = new JsonSerializerOptions { TypeInfoResolver = ParameterJson.Default },
        };
        if (options.Gateway || options.Regios.Count == 0) return client;
        client.ApplicationPreferredRegions = [.. options.Regios];
        if (options.Regios.Count > 1)
            client.AvailabilityStrategy = AvailabilityStrategy.CrossRegionHedgingStrategy(HedgeAfter, HedgeStep);
        return client;
    }

    public static CosmosClient Create(CosmosOptions options, CosmosClientOptions client) =>
        string.IsNullOrEmpty(options.ConnectionString)
            ? new(options.Endpoint, new DefaultAzureCredential(), client)
            : new(options.ConnectionString, client);
}

/// <summary>
/// The values that the SDK serializes: query parameters and increments. Documents are serialized by the store itself.
/// </summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(long))]
internal sealed partial class ParameterJson : JsonSerializerContext;
