using Klanten.Tests.Storage.Cosmos.Adapter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>Listens on the address that clients use for Cosmos DB, and forwards their requests through the adapter.</summary>
internal sealed class CosmosProxy : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly CosmosAdapter adapter;

    private CosmosProxy(WebApplication app, CosmosAdapter adapter) => (this.app, this.adapter) = (app, adapter);

    public string Address => app.Urls.First() + "/";

    public static async Task<CosmosProxy> StartAsync(
        int port, Uri server, int physicalPartitions, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var adapter = new CosmosAdapter(new CosmosBackend(server), new PhysicalPartitions(physicalPartitions));
        app.Run(async http =>
        {
            var call = await ReadAsync(http.Request);
            await WriteAsync(http.Response, await adapter.AnswerAsync(call, http.RequestAborted));
        });
        await app.StartAsync(cancellationToken);
        return new(app, adapter);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        adapter.Dispose();
    }

    private static async Task<CosmosCall> ReadAsync(HttpRequest request)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in request.Headers) headers[name] = value.ToString();
        return new(request.Method, request.Path.Value! + request.QueryString, headers, body.ToArray());
    }

    private static async Task WriteAsync(HttpResponse response, CosmosReply reply)
    {
        response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers) response.Headers[name] = value;
        if (reply.Status is 204 or 304) return;
        response.ContentLength = reply.Body.Length;
        await response.Body.WriteAsync(reply.Body);
    }
}
