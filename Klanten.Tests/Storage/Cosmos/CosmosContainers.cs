using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Klanten.Functions.Storage.Cosmos.Documents;
using Microsoft.Azure.Cosmos;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>
/// The empty containers that tests use. An account creates few containers a minute and charges for each, so there a container is emptied
/// and used again. The local server creates one as fast as it deletes a document, and a new one cannot hold what a test left.
/// </summary>
/// <param name="database">The database, which exists.</param>
/// <param name="reuse">Whether containers are used again.</param>
internal sealed class CosmosContainers(Database database, bool reuse)
{
    /// <summary>Steps of a transaction (Azure Cosmos DB, service limits).</summary>
    private const int MaxSteps = 100;

    private readonly ConcurrentBag<string> empty = [];

    /// <summary>The name of a container without documents.</summary>
    public async Task<string> TakeAsync(CancellationToken cancellationToken)
    {
        if (empty.TryTake(out var name)) return name;
        name = $"klanten-{Guid.NewGuid():N}";
        using var answer = await database.CreateContainerStreamAsync(
            ContainerDefinition.Properties(name), cancellationToken: cancellationToken);
        answer.EnsureSuccessStatusCode();
        return name;
    }

    public async Task GiveBackAsync(string name)
    {
        var container = database.GetContainer(name);
        if (!reuse)
        {
            using var answer = await container.DeleteContainerStreamAsync();
            return;
        }
        await EmptyAsync(container);
        empty.Add(name);
    }

    private static async Task EmptyAsync(Container container)
    {
        var documents = new List<JsonNode>();
        using var pages = container.GetItemQueryStreamIterator("SELECT c.id, c.bronorganisatie FROM c");
        while (pages.HasMoreResults)
        {
            using var page = await pages.ReadNextAsync();
            documents.AddRange(JsonNode.Parse(page.EnsureSuccessStatusCode().Content)!["Documents"]!.AsArray().Select(item => item!));
        }
        foreach (var partition in documents.GroupBy(document => (string)document["bronorganisatie"]!))
        {
            foreach (var portion in partition.Chunk(MaxSteps))
            {
                var batch = container.CreateTransactionalBatch(new(partition.Key));
                foreach (var document in portion) batch.DeleteItem((string)document["id"]!);
                using var answer = await batch.ExecuteAsync();
                if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"Emptying a container ended in {answer.StatusCode}.");
            }
        }
    }
}
