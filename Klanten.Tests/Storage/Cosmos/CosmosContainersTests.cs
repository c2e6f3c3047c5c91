using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage;
using Klanten.Functions.Storage.Cosmos;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>The containers and clients that tests of an account share.</summary>
public sealed class CosmosContainersTests(CosmosAccount account)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_container_that_is_used_again_holds_nothing_of_the_test_before()
    {
        await using var host = await CosmosHost.OpenAsync(account);
        var containers = new CosmosContainers(host.Container.Database, reuse: true);
        var name = await containers.TakeAsync(Cancellation);
        await FillAsync(Store(name, host), klanten: 40);
        await containers.GiveBackAsync(name);
        Assert.Equal(name, await containers.TakeAsync(Cancellation));
        var documents = host.Container.Database.GetContainer(name).GetItemQueryStreamIterator("SELECT * FROM c");
        using var page = await documents.ReadNextAsync(Cancellation);
        using var reader = new StreamReader(page.Content);
        Assert.Contains("\"Documents\":[]", await reader.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_requests_of_a_client_pass_the_handler_of_the_test_that_has_it()
    {
        await using var host = await CosmosHost.OpenAsync(account);
        using var first = new FaultHandler();
        using var second = new FaultHandler();
        using var pool = new CosmosClientPool(host.Options);
        for (var time = 1; time <= 2; time++)
        {
            using var client = pool.Take(time == 1 ? first : second);
            var access = account.Access(client.Client, host.Options);
            Assert.Null(await access.ReadAsync(StoreData.Rsin(), KlantId.New(StoreData.Rsin()), Cancellation));
        }
        Assert.Equal((1, 1), (first.Count, second.Count));
    }

    private CosmosKlantStore Store(string name, CosmosHost host)
    {
        var options = new CosmosOptions
        {
            ConnectionString = host.Options.ConnectionString,
            Database = host.Options.Database,
            Container = name,
            Gateway = host.Options.Gateway,
        };
        var client = account.Pools.Clients.Take(null).Client;
        return new(account.Access(client, options), new CommittedPartitions(new OutboxSignal()));
    }

    /// <summary>Of two bronorganisaties: more documents of each than a transaction removes.</summary>
    private static async Task FillAsync(CosmosKlantStore store, int klanten)
    {
        foreach (var rsin in new[] { StoreData.Rsin(), StoreData.Rsin() })
        {
            await using var bulkLoad = await store.BeginBulkLoadAsync(Cancellation);
            var commits = Enumerable.Range(0, klanten)
                .Select(i => StoreData.Creation(StoreData.Klant(rsin, $"A-{i}"), KlantId.New(rsin), CosmosSituation.Start))
                .ToList();
            Assert.All(await bulkLoad.CommitAsync(commits, Cancellation), result => Assert.Equal(CommitResult.Committed, result));
        }
    }
}
