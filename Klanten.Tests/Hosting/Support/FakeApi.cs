using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Klanten.Tests.Hosting.Support;

/// <summary>A server beside the program, on a port of its own: it remembers what it was sent, and answers as a test says.</summary>
internal sealed class FakeApi : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Received> received = [];

    private FakeApi(RequestDelegate answer, string address)
    {
        Answer = answer;
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://{address}:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        app = builder.Build();
        app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            var request = new Received(http.Request.Method, http.Request.Path + http.Request.QueryString,
                http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray());
            received.Enqueue(request);
            http.Features.Set(request);
            await Answer(http);
        });
    }

    /// <summary>What it answers; may change while it runs.</summary>
    public RequestDelegate Answer { get; set; }

    public int Port { get; private set; }

    /// <summary>Its address, without a slash at the end.</summary>
    public string Root => $"http://127.0.0.1:{Port}";

    public IReadOnlyList<Received> Received => [.. received];

    /// <param name="answer">What it answers; 200 without a body when a test does not care.</param>
    /// <param name="address">Where it listens; <c>[::]</c> is every address of this machine.</param>
    public static async Task<FakeApi> StartAsync(RequestDelegate? answer = null, string address = "127.0.0.1")
    {
        var fakeApi = new FakeApi(answer ?? With(200), address);
        await fakeApi.app.StartAsync();
        fakeApi.Port = new Uri(fakeApi.app.Urls.Single()).Port;
        return fakeApi;
    }

    /// <summary>What is being answered, its body included.</summary>
    public static Received Request(HttpContext http) => http.Features.GetRequiredFeature<Received>();

    public static RequestDelegate With(int status, string? body = null, string contentType = "application/json") => async http =>
    {
        http.Response.StatusCode = status;
        if (body is null) return;
        http.Response.ContentType = contentType;
        await http.Response.WriteAsync(body);
    };

    public static RequestDelegate Redirect(string location, int status = 302) => http =>
    {
        http.Response.StatusCode = status;
        http.Response.Headers.Location = location;
        return Task.CompletedTask;
    };

    public ValueTask DisposeAsync() => app.DisposeAsync();
}

/// <summary>A request as a neighbour received it.</summary>
internal sealed record Received(string Method, string PathAndQuery, IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonNode Json => JsonNode.Parse(Bytes)!;

    public string? this[string header] => Headers.GetValueOrDefault(header);
}
