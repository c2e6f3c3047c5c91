using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Klanten.Functions.Storage.Cosmos;

namespace Klanten.Tests.Storage.Cosmos.Adapter;

/// <summary>
/// Rewrites queries into the SQL that the in-memory server supports. They arrive as the store wrote them or, for a query over
/// all partitions, as the SDK's query planner rewrote them.
/// </summary>
internal sealed partial class AdapterQueries(CosmosBackend backend)
{
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
        if (call.PartitionKey is { } partitionKey) sql = Within(sql, partitionKey);

        query["query"] = sql;
        call = call.With("x-ms-documentdb-query-enablecrosspartition", "True") with { Body = Encoding.UTF8.GetBytes(query.ToJsonString()) };
        if (window.Success || counts.Success) call = call.With("x-ms-max-item-count", null);
        var reply = await backend.SendAsync(call, CancellationToken.None);
        if (!reply.Succeeded || (!counts.Success && skip == 0)) return reply;

        var answer = reply.Json!;
        var documents = answer["Documents"]!.AsArray().Select(document => document!.DeepClone()).Skip(skip).ToArray();
        if (counts.Success) documents = [new JsonObject { ["payload"] = Count(counts.Groups["columns"].Value, documents) }];
        answer["Documents"] = new JsonArray(documents);
        answer["_count"] = documents.Length;
        return reply with { Body = Encoding.UTF8.GetBytes(answer.ToJsonString()) };
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

    private static string Within(string sql, string partitionKey)
    {
        var parts = Parts().Match(sql);
        var condition = $"c.{ContainerDefinition.PartitionKeyPath[1..]} = {partitionKey}";
        var where = parts.Groups["where"];
        var conditions = where.Success ? $"{condition} AND ({where.Value})" : condition;
        return parts.Groups["head"].Value + " WHERE " + conditions + parts.Groups["order"].Value;
    }

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

    [GeneratedRegex(@"^(?<head>.*?\bFROM\s+c)(?:\s+WHERE\s+(?<where>.*?))?(?<order>\s+ORDER\s+BY\s+[^()']*)?\s*$", RegexOptions.Singleline)]
    private static partial Regex Parts();
}
