using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Storage.Cosmos.Requests;

/// <summary>The program's one client of Cosmos DB, and what services ask for: a start with SQLite then does not load the SDK.</summary>
internal sealed class CosmosConnection(CosmosClient client) : IDisposable
{
    public CosmosClient Client => client;

    public void Dispose() => client.Dispose();
}
