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
        query["portion"] = counts.Success ? Portion(0, int.MaxValue, int.MaxValue) : Portion(Start(call, skip), Most(call), MaxBytes);
        var sent = call.With("x-ms-max-item-count", null).With("x-ms-continuation", null) with
        {
            Body = Encoding.UTF8.GetBytes(query.ToJsonString()),
        };
        var reply = await backend.SendAsync(sent, CancellationToken.None);
        if (!reply.Succeeded || !counts.Success) return reply;
        var answer = reply.Json!;
        var payload = Count(counts.Groups["columns"].Value, answer["Documents"]!.AsArray());
        answer["Documents"] = new JsonArray(new JsonObject { ["payload"] = payload });
        answer["_count"] = 1;
        return reply with { Body = Encoding.UTF8.GetBytes(answer.ToJsonString()) };
    }

    /// <summary>The document that an answer begins with, of all that the server found.</summary>
    private static int Start(CosmosCall call, int skip) =>
        call["x-ms-continuation"] is { } continuation ? int.Parse(continuation, CultureInfo.InvariantCulture) : skip;

    private static int Most(CosmosCall call) => call["x-ms-max-item-count"] is null or "-1"
        ? int.MaxValue
        : int.Parse(call["x-ms-max-item-count"]!, CultureInfo.InvariantCulture);

    private static JsonObject Portion(int start, int count, int bytes) => new() { ["start"] = start, ["count"] = count, ["bytes"] = bytes };

    private static JsonObject Count(string columns, JsonArray documents)
    {
        var payload = new JsonObject();
        foreach (Match column in Column().Matches(columns))
        {
            var path = column.Groups["path"].Value;
            var count = documents.Count(document => path.Length == 0 || Has(document!, path));
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
