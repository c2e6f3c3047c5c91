using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Klanten.Functions.Storage.Cosmos.Documents;

namespace Klanten.Tests.Storage.Cosmos.Adapter;

/// <summary>
/// Adds the features of Cosmos DB that the store needs and the in-memory server lacks: transactions, queries within a partition,
/// OFFSET and COUNT, size limits, answers to writes without content, and several physical partitions.
/// </summary>
internal sealed partial class CosmosAdapter(CosmosBackend backend, PhysicalPartitions partitions) : IDisposable
{
    /// <summary>Largest document, and largest transaction (Azure Cosmos DB, service limits).</summary>
    private const int MaxBytes = 2 * 1024 * 1024;

    private const string WrongPartition = "PartitionKey extracted from document doesn't match the one specified in the header";

    private const string CrossPartition = "x-ms-documentdb-query-enablecrosspartition";

    private readonly AdapterQueries queries = new(backend, partitions);
    private readonly AdapterBatch batches = new(backend);

    public async Task<CosmosReply> AnswerAsync(CosmosCall call, CancellationToken cancellationToken)
    {
        if (!Documents().IsMatch(call.Path))
        {
            var reply = await backend.SendAsync(call, cancellationToken);
            return call.Path.TrimEnd('/').EndsWith("/pkranges", StringComparison.Ordinal) ? partitions.Describe(reply) : reply;
        }
        // As in Cosmos DB, a request that was received is carried out, even when the client cancels it.
        return await AnswerDocumentsAsync(call);
    }

    public void Dispose() => backend.Dispose();

    private async Task<CosmosReply> AnswerDocumentsAsync(CosmosCall call)
    {
        if (call.Body.Length > MaxBytes) return CosmosReply.Create(413, Message("Request size is too large"));
        if (call["x-ms-cosmos-is-batch-request"] is not null) return await batches.AnswerAsync(call);
        if (call["content-type"]?.StartsWith("application/query+json", StringComparison.Ordinal) == true)
            return await queries.AnswerAsync(call);
        if (call.Method == "GET") return await backend.SendAsync(call.With(CrossPartition, "True"), CancellationToken.None);
        if (call.Method is "POST" or "PUT" && !IsInPartition(call.Body, call.PartitionKey))
            return CosmosReply.Create(400, Message(WrongPartition), substatus: 1001);
        var reply = await backend.SendAsync(call, CancellationToken.None);
        return reply.Succeeded && call["prefer"] == "return=minimal" ? reply with { Body = [] } : reply;
    }

    public static bool IsInPartition(byte[] document, string? partitionKey) =>
        JsonNode.Parse(document)?[ContainerDefinition.PartitionKeyPath[1..]]?.ToJsonString() == partitionKey;

    private static byte[] Message(string text) => Encoding.UTF8.GetBytes($$"""{"message":"{{text}}"}""");

    [GeneratedRegex("/docs(/[^/]+)?/?$")]
    private static partial Regex Documents();
}
