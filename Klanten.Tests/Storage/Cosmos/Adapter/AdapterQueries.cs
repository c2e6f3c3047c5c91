using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Klanten.Tests.Storage.Cosmos.Adapter;

/// <summary>
/// Rewrites queries into the SQL that the in-memory server supports. They arrive as the store wrote them or, for a query over
/// all partitions, as the SDK's query planner rewrote them.
/// </summary>
internal sealed partial class AdapterQueries(CosmosBackend backend, PhysicalPartitions ranges)
{
    /// <summary>Largest answer to a query (Azure Cosmos DB, service limits).</summary>
    private const int MaxBytes = 4 * 1024 * 1024;

    public async Task<CosmosReply> AnswerAsync(CosmosCall call)
    {
        var query = (JsonObject)JsonNode.Parse(call.Body)!;
        var sql = (string)query["query"]!;
        var counts = Counts().Match(sql);
        if (counts.Success) sql = "SELECT * " + sql[(counts.Index + counts.Length)..];
        var window = Window().Match(sql);
        var skip = 0;
        if (window.Success)
        {
            skip = Number(window.Groups["skip"].Value, query);
            sql = Select().Replace(sql[..window.Index], $"SELECT TOP {skip + Number(window.Groups["take"].Value, query)}");
        }
        query["query"] = sql;
        if (call.PartitionKey is { } partitionKey) query["partitionKey"] = JsonNode.Parse(partitionKey);
        else if (call["x-ms-documentdb-partitionkeyrangeid"] is { } range) query["physicalPartition"] = ranges.Parse(range);
        // The server gives all of it at once, and this adapter gives it to the client in answers of the size that Cosmos DB gives.
        var (most, continuation) = (call["x-ms-max-item-count"], call["x-ms-continuation"]);
        call = call.With("x-ms-documentdb-query-enablecrosspartition", "True").With("x-ms-max-item-count", null)
            .With("x-ms-continuation", null) with
        { Body = Encoding.UTF8.GetBytes(query.ToJsonString()) };
        var reply = await backend.SendAsync(call, CancellationToken.None);
        if (!reply.Succeeded) return reply;
        var documents = reply.Json!["Documents"]!.AsArray().Skip(skip).Select(document => document!.DeepClone()).ToArray();
        if (counts.Success) documents = [new JsonObject { ["payload"] = Count(counts.Groups["columns"].Value, documents) }];
        return Portion(reply, documents, continuation is null ? 0 : int.Parse(continuation, CultureInfo.InvariantCulture), most);
    }

    /// <summary>The answer from one document on: no more of them than the client asks for, and no more bytes than an answer has.</summary>
    private static CosmosReply Portion(CosmosReply reply, JsonNode[] documents, int start, string? most)
    {
        var count = most is null or "-1" ? int.MaxValue : int.Parse(most, CultureInfo.InvariantCulture);
        var taken = new JsonArray();
        var bytes = 0;
        for (var i = start; i < documents.Length && taken.Count < count; i++)
        {
            bytes += Encoding.UTF8.GetByteCount(documents[i].ToJsonString());
            if (taken.Count > 0 && bytes > MaxBytes) break;
            taken.Add(documents[i]);
        }
        var next = start + taken.Count;
        var answer = reply.Json!;
        answer["_count"] = taken.Count;
        answer["Documents"] = taken;
        var headers = new Dictionary<string, string>(reply.Headers, StringComparer.OrdinalIgnoreCase);
        headers.Remove("x-ms-continuation");
        if (next < documents.Length) headers["x-ms-continuation"] = next.ToString(CultureInfo.InvariantCulture);
        return reply with { Body = Encoding.UTF8.GetBytes(answer.ToJsonString()), Headers = headers };
    }

    private static JsonObject Count(string columns, JsonNode[] documents)
    {
        var payload = new JsonObject();
        foreach (Match column in Column().Matches(columns))
        {
            var path = column.Groups["path"].Value;
            var count = documents.Count(document => path.Length == 0 || Has(document, path));
            payload[column.Groups["name"].Value] = new JsonObject { ["item"] = count };
        }
        return payload;
    }

    private static bool Has(JsonNode document, string path) =>
        path.Split('.').Aggregate((JsonNode?)document, (node, name) => node?[name]) is not null;

    private static int Number(string text, JsonObject query) => text[0] == '@'
        ? (int)(long)query["parameters"]!.AsArray().Single(p => (string)p!["name"]! == text)!["value"]!
        : int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>
    /// The counts of a partition as the planner requests them:
    /// SELECT {"a": {"item": COUNT(1)}, "b": {"item": COUNT(c.b)}} AS payload.
    /// </summary>
    [GeneratedRegex(@"^SELECT \{(?<columns>(""\w+"": \{""item"": COUNT\([^()]+\)\}(, )?)+)\} AS payload\s")]
    private static partial Regex Counts();

    [GeneratedRegex(@"""(?<name>\w+)"": \{""item"": COUNT\((1|c\.(?<path>[\w.]+))\)\}")]
    private static partial Regex Column();

    [GeneratedRegex(@"\s+OFFSET\s+(?<skip>@\w+|\d+)\s+LIMIT\s+(?<take>@\w+|\d+)\s*$")]
    private static partial Regex Window();

    [GeneratedRegex(@"^SELECT\b")]
    private static partial Regex Select();
}
