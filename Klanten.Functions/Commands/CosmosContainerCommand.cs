using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Klanten.Functions.Storage.Cosmos.Documents;
using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Commands;

/// <summary><c>cosmos-container</c>: prints infra/cosmos-container.json, the definition of the container in the code.</summary>
internal static class CosmosContainerCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public static Command Create(CommandLanguage language)
    {
        var command = new DocumentedCommand("cosmos-container", Texts.CosmosContainer, "", language);
        command.SetAction(result => result.InvocationConfiguration.Output.WriteLine(Json()));
        return command;
    }

    /// <summary>Partition key, unique keys and indexing policy, as properties of Azure Resource Manager.</summary>
    public static string Json()
    {
        var container = ContainerDefinition.Properties("klanten");
        var indexing = container.IndexingPolicy;
        return new JsonObject
        {
            ["partitionKey"] = new JsonObject
            {
                ["paths"] = new JsonArray(container.PartitionKeyPath),
                ["kind"] = "Hash",
                ["version"] = 2,
            },
            ["uniqueKeyPolicy"] = new JsonObject { ["uniqueKeys"] = Array(container.UniqueKeyPolicy.UniqueKeys, Describe) },
            ["indexingPolicy"] = new JsonObject
            {
                ["indexingMode"] = "consistent",
                ["automatic"] = indexing.Automatic,
                ["includedPaths"] = Array(indexing.IncludedPaths, p => new() { ["path"] = p.Path }),
                ["excludedPaths"] = Array(indexing.ExcludedPaths, p => new() { ["path"] = p.Path }),
                ["compositeIndexes"] = new JsonArray([.. indexing.CompositeIndexes.Select(i => Array(i, Describe))]),
            },
        }.ToJsonString(Indented);
    }

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonObject> describe) => new([.. items.Select(describe)]);

    private static JsonObject Describe(UniqueKey key) => new()
    {
        ["paths"] = new JsonArray([.. key.Paths.Select(p => JsonValue.Create(p))]),
    };

    private static JsonObject Describe(CompositePath path) => new()
    {
        ["path"] = path.Path,
        ["order"] = path.Order == CompositePathSortOrder.Ascending ? "ascending" : "descending",
    };
}
