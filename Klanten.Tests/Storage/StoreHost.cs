using Klanten.Core.Storage;
using Klanten.Functions.Storage.Cosmos;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Storage.Cosmos;
using Microsoft.Azure.Cosmos;

namespace Klanten.Tests.Storage;

/// <summary>A store with nothing in it, for one test.</summary>
public abstract class StoreHost : IAsyncDisposable
{
    public IKlantStore Store { get; private protected init; } = null!;

    public abstract ValueTask DisposeAsync();
}

/// <summary>A file of its own.</summary>
public sealed class SqliteHost : StoreHost
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("klanten-");

    public SqliteHost() => Store = new SqliteKlantStore(new() { Pad = Path.Combine(folder.FullName, "klanten.db") });

    public override ValueTask DisposeAsync()
    {
        ((SqliteKlantStore)Store).Dispose();
        folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A container of its own.</summary>
public sealed class CosmosHost : StoreHost
{
    private readonly CosmosClient client;
    private readonly CosmosAccount account;

    private CosmosHost(CosmosAccount account, CosmosOptions options, CosmosClient client)
    {
        (this.account, this.client) = (account, client);
        Options = options;
        Store = account.Store(client, options);
    }

    public CosmosOptions Options { get; }

    public Container Container => client.GetContainer(Options.Database, Options.Container);

    public static async Task<CosmosHost> OpenAsync(CosmosAccount account)
    {
        var options = await account.OptionsAsync();
        var client = CosmosAccount.Client(options);
        await ContainerDefinition.CreateAsync(client, options, TestContext.Current.CancellationToken);
        return new(account, options, client);
    }

    /// <summary>The same container as another instance of the program reaches it, through a handler of the test.</summary>
    internal (CosmosKlantStore Store, CosmosClient Client) Another(DelegatingHandler? handler = null)
    {
        var other = CosmosAccount.Client(Options, handler);
        return (account.Store(other, Options), other);
    }

    public override async ValueTask DisposeAsync()
    {
        await Container.DeleteContainerStreamAsync();
        client.Dispose();
    }
}
