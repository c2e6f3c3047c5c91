using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Identity;
using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>How the program talks to Cosmos DB: one client for its whole life.</summary>
internal static class CosmosClients
{
    /// <summary>How long the SDK may go on asking a busy account before the consumer is told to come back.</summary>
    private static readonly TimeSpan MaxWaitWhenBusy = TimeSpan.FromSeconds(5);

    /// <summary>A read that takes this long is also asked of the next region, and once more after each further step.</summary>
    private static readonly TimeSpan HedgeAfter = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan HedgeStep = TimeSpan.FromMilliseconds(250);

    public static CosmosClientOptions ClientOptions(CosmosOptions options)
    {
        var client = new CosmosClientOptions
        {
            ApplicationName = "Klanten",
            ConnectionMode = options.Gateway ? ConnectionMode.Gateway : ConnectionMode.Direct,
            LimitToEndpoint = options.Gateway,
            // What was written is known already; not sending it back spares bandwidth.
            EnableContentResponseOnWrite = false,
            MaxRetryWaitTimeOnRateLimitedRequests = MaxWaitWhenBusy,
            UseSystemTextJsonSerializerWithOptions = new JsonSerializerOptions { TypeInfoResolver = ParameterJson.Default },
        };
        if (options.Gateway || options.Regios.Count == 0) return client;
        client.ApplicationPreferredRegions = [.. options.Regios];
        if (options.Regios.Count > 1) client.AvailabilityStrategy = AvailabilityStrategy.CrossRegionHedgingStrategy(HedgeAfter, HedgeStep);
        return client;
    }

    public static CosmosClient Create(CosmosOptions options, CosmosClientOptions client) =>
        string.IsNullOrEmpty(options.ConnectionString)
            ? new(options.Endpoint, new DefaultAzureCredential(), client)
            : new(options.ConnectionString, client);
}

/// <summary>The only values that the SDK writes itself: parameters and increments. Documents are bytes of our own.</summary>
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(long))]
internal sealed partial class ParameterJson : JsonSerializerContext;
