using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage;
using Klanten.Functions.Storage.Cosmos;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Storage.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Klanten.Tests.Storage;

/// <summary>An empty store for one test.</summary>
public abstract class StoreHost : IAsyncDisposable
{
    public IKlantStore Store { get; private protected init; } = null!;

    public IOutbox Outbox { get; private protected init; } = null!;

    public IKlantExport Export { get; private protected init; } = null!;

    public abstract ValueTask DisposeAsync();
}

/// <summary>The embedded store in a temporary file.</summary>
public sealed class SqliteHost : StoreHost
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("klanten-");
    private readonly SqliteDatabase database;

    public SqliteHost()
    {
        var options = new SqliteOptions { Pad = Path.Combine(folder.FullName, "klanten.db") };
        database = new(options);
        Export = new SqliteExport(Microsoft.Extensions.Options.Options.Create(options));
        Store = new SqliteKlantStore(database);
        Outbox = new SqliteOutbox(database);
    }

    public override ValueTask DisposeAsync()
    {
        database.Dispose();
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>The Cosmos store in a container for this test.</summary>
public sealed class CosmosHost : StoreHost
{
    private readonly CosmosAccount account;
    private readonly PooledClient client;

    private CosmosHost(CosmosAccount account, CosmosOptions options, PooledClient client)
    {
        (this.account, this.client) = (account, client);
        Options = options;
        var instance = Instance(client.Client, options, client);
        (Store, Export, Outbox) = (instance.Store, instance.Store, instance.Outbox);
    }

    public CosmosOptions Options { get; }

    public Container Container => client.Client.GetContainer(Options.Database, Options.Container);

    public static async Task<CosmosHost> OpenAsync(CosmosAccount account)
    {
        var options = await account.OptionsAsync();
        var (containers, clients) = await account.PoolsAsync();
        options.Container = await containers.TakeAsync(TestContext.Current.CancellationToken);
        return new(account, options, clients.Take(null));
    }

    /// <summary>Another instance of the program on the same container, whose requests pass a handler of the test.</summary>
    internal CosmosInstance Another(DelegatingHandler? handler = null)
    {
        var other = account.Pools.Clients.Take(handler);
        return Instance(other.Client, Options, other);
    }

    /// <summary>The same, in an account of two regions of which the second lags behind.</summary>
    internal CosmosInstance AnotherInTwoRegions(LaggingRegion regions)
    {
        var inTwoRegions = new CosmosOptions
        {
            ConnectionString = Options.ConnectionString,
            Database = Options.Database,
            Container = Options.Container,
        };
        var other = CosmosAccount.Client(inTwoRegions, regions);
        return Instance(other, inTwoRegions, other);
    }

    public override async ValueTask DisposeAsync()
    {
        client.Dispose();
        await account.Pools.Containers.GiveBackAsync(Options.Container);
    }

    private CosmosInstance Instance(CosmosClient with, CosmosOptions options, IDisposable owned)
    {
        var access = account.Access(with, options);
        var committed = new CommittedPartitions(new OutboxSignal());
        return new(with, new(access, committed), new(access, committed), owned);
    }
}

/// <summary>One of several instances of the program: a client with the store and the outbox that use it.</summary>
internal sealed record CosmosInstance(CosmosClient Client, CosmosKlantStore Store, CosmosOutbox Outbox, IDisposable Owned) : IDisposable
{
    /// <summary>A klant that exists.</summary>
    public async Task<StoredKlant> ReadAsync(KlantId id) => (await Store.ReadAsync(id, TestContext.Current.CancellationToken))!;

    public void Dispose() => Owned.Dispose();
}
