using System.Text.Json;
using System.Text.Json.Nodes;

namespace Klanten.Tests.Storage.Cosmos.Adapter;

/// <summary>
/// Carries out transactions. The in-memory server takes their steps as JSON, and does all of them or none (<c>Server/transactions.cjs</c>).
/// </summary>
internal sealed class AdapterBatch(CosmosBackend backend)
{
    public async Task<CosmosReply> AnswerAsync(CosmosCall call)
    {
        var steps = await BatchFormat.ReadAsync(call.Body);
        var reply = await backend.SendAsync(call.With("content-type", "application/json") with { Body = Json(call, steps) }, default);
        if (!reply.Succeeded) return reply;
        var results = reply.Json!.AsArray();
        foreach (var (step, result) in steps.Zip(results))
        {
            step.Status = (int)result!["status"]!;
            step.ETag = (string?)result["etag"];
        }
        var succeeded = steps.TrueForAll(step => step.Status < 400);
        return CosmosReply.Create(succeeded ? 200 : 207, await BatchFormat.WriteAsync(steps), charge: steps.Count);
    }

    private static byte[] Json(CosmosCall call, List<BatchStep> steps)
    {
        var array = new JsonArray();
        foreach (var step in steps)
        {
            var body = step.Body is null ? null : JsonNode.Parse(step.Body);
            var item = new JsonObject
            {
                ["kind"] = step.Kind.ToString(),
                ["id"] = step.Id,
                ["ifMatch"] = step.IfMatch,
                ["partitionKey"] = call["x-ms-documentdb-partitionkey"],
            };
            if (step.Kind == BatchKind.Patch) item["operations"] = (body as JsonObject)?["operations"]?.DeepClone() ?? body;
            else item["resourceBody"] = body;
            array.Add(item);
        }
        return JsonSerializer.SerializeToUtf8Bytes(array);
    }
}
