using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Klanten.Tests.Storage.Cosmos.Adapter;

/// <summary>
/// The physical partitions that the server pretends to have. The client sends a query over all to each of them and merges what they
/// answer. Which bronorganisatie is in which is decided by a hash of the server's own: a client that names the partition key of its
/// request does not name the physical partition.
/// </summary>
/// <param name="count">How many; from 1 to 64.</param>
internal sealed class PhysicalPartitions(int count)
{
    /// <summary>The range of hashes of partition keys is from the empty text to FF (Azure Cosmos DB, partitioning).</summary>
    private const string End = "FF";

    /// <summary>The answer to a request for the ranges of partition keys of a container.</summary>
    public CosmosReply Describe(CosmosReply reply)
    {
        if (count == 1 || !reply.Succeeded) return reply;
        var answer = reply.Json!;
        var only = answer["PartitionKeyRanges"]![0]!;
        var ranges = Enumerable.Range(0, count).Select(number =>
        {
            var range = only.DeepClone();
            range["id"] = number.ToString(CultureInfo.InvariantCulture);
            range["minInclusive"] = Boundary(number);
            range["maxExclusive"] = Boundary(number + 1);
            range["throughputFraction"] = 1.0 / count;
            return range;
        }).ToArray();
        answer["PartitionKeyRanges"] = new JsonArray(ranges);
        answer["_count"] = count;
        return reply with { Body = Encoding.UTF8.GetBytes(answer.ToJsonString()) };
    }

    /// <summary>The physical partition of a request, as the server takes it; null for all documents.</summary>
    /// <param name="header">The id of the container and the number of the physical partition.</param>
    public JsonNode? Parse(string header) => count == 1 ? null : new JsonObject
    {
        ["number"] = int.Parse(header[(header.LastIndexOf(',') + 1)..], CultureInfo.InvariantCulture),
        ["count"] = count,
    };

    /// <summary>Hashes begin with 00 to 3F.</summary>
    private string Boundary(int number) => number switch
    {
        0 => "",
        _ when number == count => End,
        _ => (number * 64 / count).ToString("X2", CultureInfo.InvariantCulture),
    };
}
