using System.Text;
using System.Text.Json.Nodes;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>
/// A replica that lags: a query for audit entries in one bronorganisatie shows only the first of them, until the client has written
/// there. After its own write a client never reads what is older (session consistency).
/// </summary>
/// <param name="bronorganisatie">The bronorganisatie.</param>
/// <param name="inner">Sends the requests.</param>
internal sealed class StaleTrail(string bronorganisatie, HttpMessageHandler? inner = null)
    : DelegatingHandler(inner ?? new SocketsHttpHandler())
{
    private int? shown;

    /// <summary>From now on, queries show this many entries.</summary>
    public void Shows(int entries) => shown = entries;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (shown is not { } most || !IsHere(request)) return await base.SendAsync(request, cancellationToken);
        if (request.Content?.Headers.ContentType?.MediaType != "application/query+json")
        {
            if (request.Method != HttpMethod.Get) shown = null;
            return await base.SendAsync(request, cancellationToken);
        }
        var isOfTrail = (await request.Content.ReadAsStringAsync(cancellationToken)).Contains("'audit'", StringComparison.Ordinal);
        var answer = await base.SendAsync(request, cancellationToken);
        if (!isOfTrail) return answer;
        var body = JsonNode.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken))!;
        var documents = body["Documents"]!.AsArray().Take(most).Select(document => document!.DeepClone()).ToArray();
        body["Documents"] = new JsonArray(documents);
        body["_count"] = documents.Length;
        answer.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        return answer;
    }

    private bool IsHere(HttpRequestMessage request) =>
        request.Headers.TryGetValues("x-ms-documentdb-partitionkey", out var key)
        && key.Single().Contains(bronorganisatie, StringComparison.Ordinal);
}
