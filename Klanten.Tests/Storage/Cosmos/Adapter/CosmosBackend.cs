using System.Globalization;
using System.Text.Json.Nodes;

namespace Klanten.Tests.Storage.Cosmos.Adapter;

/// <summary>A request of the Cosmos REST protocol.</summary>
internal sealed record CosmosCall(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string? this[string header] => Headers.GetValueOrDefault(header);

    /// <summary>The one value in the partition key header, as JSON; null when the request is for all partitions.</summary>
    public string? PartitionKey
    {
        get
        {
            var key = this["x-ms-documentdb-partitionkey"];
            if (key is null || JsonNode.Parse(key) is not JsonArray { Count: 1 } values) return null;
            return (values[0] as JsonValue)?.ToJsonString();
        }
    }

    public CosmosCall With(string header, string? value)
    {
        var headers = new Dictionary<string, string>(Headers, StringComparer.OrdinalIgnoreCase);
        if (value is null) headers.Remove(header);
        else headers[header] = value;
        return this with { Headers = headers };
    }
}

/// <summary>An answer of the Cosmos REST protocol.</summary>
internal sealed record CosmosReply(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public bool Succeeded => Status is >= 200 and < 300;

    public JsonNode? Json => Body.Length == 0 ? null : JsonNode.Parse(Body);

    public static CosmosReply Create(int status, byte[] body, double charge = 1, int substatus = 0)
    {
        var headers = new Dictionary<string, string>
        {
            ["content-type"] = "application/json",
            ["x-ms-activity-id"] = Guid.NewGuid().ToString(),
            ["x-ms-request-charge"] = charge.ToString(CultureInfo.InvariantCulture),
            ["x-ms-substatus"] = substatus.ToString(CultureInfo.InvariantCulture),
        };
        return new(status, headers, body);
    }
}

/// <summary>The in-memory server.</summary>
internal sealed class CosmosBackend(Uri address) : IDisposable
{
    private static readonly HashSet<string> NotForwarded = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Content-Length", "Transfer-Encoding", "Accept-Encoding", "Keep-Alive", "Date", "Server",
    };

    private readonly HttpClient client = new() { BaseAddress = address };

    public async Task<CosmosReply> SendAsync(CosmosCall call, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(new(call.Method), call.Path);
        if (call.Body.Length > 0) request.Content = new ByteArrayContent(call.Body);
        foreach (var (name, value) in call.Headers.Where(header => !NotForwarded.Contains(header.Key)))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value)) request.Content?.Headers.TryAddWithoutValidation(name, value);
        }
        using var response = await client.SendAsync(request, cancellationToken);
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => !NotForwarded.Contains(header.Key))
            .ToDictionary(header => header.Key, header => string.Join(",", header.Value), StringComparer.OrdinalIgnoreCase);
        return new((int)response.StatusCode, headers, await response.Content.ReadAsByteArrayAsync(cancellationToken));
    }

    public void Dispose() => client.Dispose();
}
