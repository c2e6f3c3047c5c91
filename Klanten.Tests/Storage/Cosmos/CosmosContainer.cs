using System.Globalization;
using Klanten.Functions.Storage.Cosmos;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>A new container, which the program creates itself.</summary>
public sealed class CosmosContainer(CosmosAccount account) : ITestStore
{
    private CosmosOptions? options;

    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Klanten:Opslag"] = "Cosmos",
        ["Klanten:Cosmos:ConnectionString"] = options!.ConnectionString,
        ["Klanten:Cosmos:Database"] = options.Database,
        ["Klanten:Cosmos:Container"] = options.Container,
        ["Klanten:Cosmos:Gateway"] = options.Gateway.ToString(CultureInfo.InvariantCulture),
        ["Klanten:Cosmos:Aanmaken"] = "true",
        // The server of the tests is far slower than Cosmos DB, and no test is about its speed.
        ["Klanten:Limieten:Wachttijd"] = "00:02:00",
    };

    public ITestStore Another() => new CosmosContainer(account);

    public async ValueTask InitializeAsync() => options = await account.OptionsAsync();

    public async ValueTask DisposeAsync()
    {
        if (options is null) return;
        var (_, clients) = await account.PoolsAsync();
        using var client = clients.Take(null);
        await client.Client.GetContainer(options.Database, options.Container).DeleteContainerStreamAsync();
    }
}
