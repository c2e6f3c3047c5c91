using System.Text;
using System.Text.Json.Nodes;
using Klanten.Functions.Storage.Cosmos.Documents;

namespace Klanten.Tests.Storage.Cosmos.Adapter;

/// <summary>
/// Carries out transactions. All steps are validated before the first is carried out, so that there is nothing to roll back. The
/// steps of one transaction must not depend on each other, and those of the store do not.
/// </summary>
internal sealed class AdapterBatch(CosmosBackend backend)
{
    private static readonly string UniqueKey = ContainerDefinition.UniqueKeyPath[1..];

    public async Task<CosmosReply> AnswerAsync(CosmosCall call)
    {
        var steps = await BatchFormat.ReadAsync(call.Body);
        foreach (var step in steps) step.Status = await ValidateAsync(call, step);
        var failed = steps.Find(step => step.Status >= 400);
        foreach (var step in steps)
        {
            if (failed is null) await CarryOutAsync(call, step);
            else if (step != failed) step.Status = 424;
        }
        return CosmosReply.Create(failed is null ? 200 : 207, await BatchFormat.WriteAsync(steps), charge: steps.Count);
    }

    private async Task<int> ValidateAsync(CosmosCall call, BatchStep step)
    {
        if (step.Body is not null && step.Kind != BatchKind.Patch && !CosmosAdapter.IsInPartition(step.Body, call.PartitionKey)) return 400;
        var id = step.Id ?? (string)JsonNode.Parse(step.Body!)!["id"]!;
        var current = await backend.SendAsync(Request(call, "GET", id), CancellationToken.None);
        if (step.Kind == BatchKind.Create && current.Succeeded) return 409;
        if (step.Kind is BatchKind.Replace or BatchKind.Delete or BatchKind.Patch)
        {
            if (!current.Succeeded) return 404;
            if (step.IfMatch is not null && step.IfMatch != (string?)current.Json!["_etag"]) return 412;
        }
        var writesDocument = step.Kind is BatchKind.Create or BatchKind.Replace or BatchKind.Upsert;
        return writesDocument && await IsTakenAsync(call, id, step.Body!) ? 409 : 200;
    }

    private async Task<bool> IsTakenAsync(CosmosCall call, string id, byte[] document)
    {
        var key = JsonNode.Parse(document)![UniqueKey];
        var partition = $"c.{ContainerDefinition.PartitionKeyPath[1..]} = {call.PartitionKey}";
        var query = new JsonObject
        {
            ["query"] = $"SELECT c.id FROM c WHERE {partition} AND c.{UniqueKey} = @key AND c.id != @id",
            ["parameters"] = new JsonArray(
                new JsonObject { ["name"] = "@key", ["value"] = key?.DeepClone() },
                new JsonObject { ["name"] = "@id", ["value"] = id }),
        };
        var request = Request(call, "POST", null, Encoding.UTF8.GetBytes(query.ToJsonString()))
            .With("content-type", "application/query+json").With("x-ms-documentdb-isquery", "True");
        return (await backend.SendAsync(request, CancellationToken.None)).Json!["Documents"]!.AsArray().Count > 0;
    }

    private async Task CarryOutAsync(CosmosCall call, BatchStep step)
    {
        var reply = await backend.SendAsync(step.Kind switch
        {
            BatchKind.Create => Request(call, "POST", null, step.Body),
            BatchKind.Upsert => Request(call, "POST", null, step.Body).With("x-ms-documentdb-is-upsert", "True"),
            BatchKind.Replace => Request(call, "PUT", step.Id, step.Body),
            BatchKind.Patch => Request(call, "PATCH", step.Id, step.Body),
            BatchKind.Delete => Request(call, "DELETE", step.Id),
            _ => throw new NotSupportedException($"The adapter does not support a step of kind {step.Kind}."),
        }, CancellationToken.None);
        if (!reply.Succeeded) throw new InvalidOperationException($"A step that was validated ended in {reply.Status}.");
        step.Status = reply.Status;
        step.ETag = step.Kind == BatchKind.Delete ? null : (string?)reply.Json!["_etag"];
    }

    private static CosmosCall Request(CosmosCall call, string method, string? id, byte[]? body = null)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["x-ms-documentdb-partitionkey"] = call["x-ms-documentdb-partitionkey"]!,
            ["x-ms-documentdb-query-enablecrosspartition"] = "True",
            ["content-type"] = "application/json",
        };
        var documents = call.Path.TrimEnd('/');
        return new(method, id is null ? documents : $"{documents}/{Uri.EscapeDataString(id)}", headers, body ?? []);
    }
}
