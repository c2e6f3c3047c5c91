using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>
/// An account of two regions. The first takes the writes. The second has none of the documents yet: reads there find nothing, as they
/// may with BoundedStaleness for some minutes after each write.
/// </summary>
/// <param name="first">The first region.</param>
internal sealed class LaggingRegion(HttpMessageHandler first) : DelegatingHandler(first)
{
    /// <summary>Another name of the same server, by which the client addresses the second region.</summary>
    private const string SecondHost = "localhost";

    private int staleReads;

    /// <summary>How often the second region was asked for documents.</summary>
    public int StaleReads => staleReads;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = request.RequestUri!;
        if (address.AbsolutePath == "/") return await AccountAsync(request, cancellationToken);
        if (address.Host != SecondHost) return await base.SendAsync(request, cancellationToken);
        if (address.AbsolutePath.Contains("/docs", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref staleReads);
            return request.Method == HttpMethod.Get
                ? Answer(request, HttpStatusCode.NotFound, """{"code":"NotFound"}""")
                : Answer(request, HttpStatusCode.OK, """{"_rid":"","Documents":[],"_count":0}""");
        }
        request.RequestUri = new UriBuilder(address) { Host = "127.0.0.1" }.Uri;
        return await base.SendAsync(request, cancellationToken);
    }

    private async Task<HttpResponseMessage> AccountAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var port = request.RequestUri!.Port;
        using var answer = await base.SendAsync(request, cancellationToken);
        var account = JsonNode.Parse(await answer.Content.ReadAsByteArrayAsync(cancellationToken))!;
        account["writableLocations"] = new JsonArray(Location("West Europe", "127.0.0.1", port));
        account["readableLocations"] = new JsonArray(
            Location("West Europe", "127.0.0.1", port), Location("North Europe", SecondHost, port));
        account["enableMultipleWriteLocations"] = false;
        return Answer(request, HttpStatusCode.OK, account.ToJsonString());
    }

    private static JsonObject Location(string region, string host, int port) =>
        new() { ["name"] = region, ["databaseAccountEndpoint"] = $"http://{host}:{port}/" };

    private static HttpResponseMessage Answer(HttpRequestMessage request, HttpStatusCode status, string json)
    {
        var answer = new HttpResponseMessage(status)
        {
            RequestMessage = request,
            Content = new StringContent(json, Encoding.UTF8, "application/json"),
        };
        answer.Headers.Add("x-ms-activity-id", Guid.NewGuid().ToString());
        answer.Headers.Add("x-ms-substatus", "0");
        answer.Headers.Add("x-ms-request-charge", "1");
        return answer;
    }
}
