using System.Globalization;
using System.Runtime.CompilerServices;
using Klanten.Functions.Storage.Cosmos;
using Klanten.Functions.Storage.Cosmos.Requests;
using Klanten.Functions.Telemetry;
using Klanten.Tests.Storage.Cosmos;
using Microsoft.Azure.Cosmos;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

[assembly: AssemblyFixture(typeof(CosmosAccount))]

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>
/// The account that the tests use: a local server, started when the first test needs it, or the account or emulator that an
/// environment variable gives. All containers are created in one database, which has a unique name for each test run.
/// </summary>
public sealed class CosmosAccount : IAsyncDisposable
{
    /// <summary>Holds the connection string of a real account or emulator.</summary>
    public const string Variable = "KLANTEN_TEST_COSMOS";

    /// <summary>
    /// "direct" makes the tests use a real account as production does; injected faults need gateway mode. The local server speaks HTTP
    /// only, and no server that speaks the protocol of direct mode was ever at hand.
    /// </summary>
    private const string ModeVariable = "KLANTEN_TEST_COSMOS_MODE";

    /// <summary>Makes the SDK plan queries itself. The app in Azure has the same value.</summary>
    internal const string QueryPlanVariable = "AZURE_COSMOS_USE_QUERY_PLAN_INTEROP_LINUX";

    /// <summary>How many physical partitions the local server pretends to have; 1 by default. An account has what it has.</summary>
    private const string PartitionsVariable = "KLANTEN_TEST_COSMOS_PARTITIONS";

    private readonly Lazy<Task<CosmosServer?>> server = new(() =>
        HasAccount ? Task.FromResult<CosmosServer?>(null) : StartAsync());

    private readonly ServiceProvider services = new ServiceCollection()
        .AddLogging()
        .AddMetrics()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<KlantenMetrics>()
        .AddSingleton<CosmosMetrics>()
        .BuildServiceProvider();

    private readonly Lazy<Task<CosmosPools>> pools;

    public CosmosAccount() => pools = new(CreatePoolsAsync);

    public string Database { get; } = $"klanten-test-{Guid.NewGuid():N}";

    /// <summary>The connection string. Fails with one line when no account is configured and the local server cannot be started.</summary>
    public async Task<string> ConnectionStringAsync() =>
        await server.Value is { } started ? started.ConnectionString : Environment.GetEnvironmentVariable(Variable)!;

    /// <summary>Options with which the program uses a new container in this account.</summary>
    public async Task<CosmosOptions> OptionsAsync() => new()
    {
        ConnectionString = await ConnectionStringAsync(),
        Database = Database,
        Container = $"klanten-{Guid.NewGuid():N}",
        Gateway = !IsDirect,
    };

    /// <summary>How many physical partitions a container of the local server has.</summary>
    internal static int PhysicalPartitions => ParsePartitions(Environment.GetEnvironmentVariable(PartitionsVariable));

    /// <summary>The containers and clients that tests share.</summary>
    internal Task<CosmosPools> PoolsAsync() => pools.Value;

    /// <summary>The same, once they exist.</summary>
    internal CosmosPools Pools => pools.Value.Result;

    private static bool HasAccount => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    private static bool IsDirect => ParseMode(Environment.GetEnvironmentVariable(ModeVariable), HasAccount);

    /// <summary>Whether the mode is direct mode. Fails rather than use another mode than the one that was asked for.</summary>
    internal static bool ParseMode(string? mode, bool hasAccount) => mode switch
    {
        null or "" or "gateway" => false,
        "direct" when hasAccount => true,
        "direct" => throw new InvalidOperationException(
            $"{ModeVariable}=direct needs an account in {Variable}: the local server speaks HTTP, and direct mode does not."),
        _ => throw new InvalidOperationException($"{ModeVariable} is direct or gateway, and not '{mode}'."),
    };

    /// <summary>The number of physical partitions. Fails rather than use another number than the one that was asked for.</summary>
    internal static int ParsePartitions(string? count) => count switch
    {
        null or "" => 1,
        _ when int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 64 => number,
        _ => throw new InvalidOperationException($"{PartitionsVariable} is a number from 1 to 64, and not '{count}'."),
    };

    /// <summary>A client as the program creates it, whose requests go through a handler of the test.</summary>
    internal static CosmosClient Client(CosmosOptions options, DelegatingHandler? handler = null)
    {
        var client = CosmosClients.ClientOptions(options);
        // An account of several regions is not limited to one address, and here it has no other transport than HTTP.
        if (!IsDirect) client.ConnectionMode = ConnectionMode.Gateway;
        if (handler is not null) client.HttpClientFactory = () => new(handler, disposeHandler: false);
        return CosmosClients.Create(options, client);
    }

    /// <summary>Sends the requests of a store.</summary>
    internal CosmosAccess Access(CosmosClient client, CosmosOptions options) => new(
        client.GetContainer(options.Database, options.Container),
        services.GetRequiredService<CosmosMetrics>(),
        new(client, options.Gateway, services.GetRequiredService<ILogger<WriteRegion>>()));

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        if (pools.IsValueCreated && pools.Value.IsCompletedSuccessfully) Pools.Clients.Dispose();
        if (!server.IsValueCreated) return;
        try
        {
            if (await server.Value is { } started) await started.DisposeAsync();
            else await DeleteDatabaseAsync();
        }
        catch (InvalidOperationException)
        {
            // The server did not start, and the tests have already failed for that reason.
        }
    }

    private async Task<CosmosPools> CreatePoolsAsync()
    {
        var clients = new CosmosClientPool(await OptionsAsync());
        var client = clients.Take(null).Client;
        var created = await client.CreateDatabaseIfNotExistsAsync(Database);
        return new(new(created.Database, reuse: HasAccount), clients);
    }

    private async Task DeleteDatabaseAsync()
    {
        using var client = Client(await OptionsAsync());
        await client.GetDatabase(Database).DeleteAsync();
    }

    private static async Task<CosmosServer?> StartAsync() => await CosmosServer.StartAsync(0, PhysicalPartitions, CancellationToken.None);

    /// <summary>
    /// Makes the SDK plan queries in the process, because the in-memory server has no query plans. The SDK reads the variable once,
    /// when the first client is created.
    /// </summary>
    [ModuleInitializer]
    internal static void PlanQueriesLocally() => Environment.SetEnvironmentVariable(QueryPlanVariable, "True");
}

/// <summary>What tests share of an account.</summary>
internal sealed record CosmosPools(CosmosContainers Containers, CosmosClientPool Clients);
