using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Klanten.Tests.Support;

/// <summary>Another API, on a port of its own: it records every request, and answers as the test sets it.</summary>
public class FakeApi : IAsyncLifetime
{
    public const string Host = "127.0.0.1";

    private readonly WebApplication app;
    private readonly ConcurrentQueue<Received> received = [];

    /// <param name="answer">What it answers; 200 without a body by default.</param>
    /// <param name="address">Where it listens; <c>[::]</c> is every address of this machine.</param>
    public FakeApi(RequestDelegate? answer = null, string address = Host)
    {
        Answer = answer ?? With(200);
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://{address}:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        app = builder.Build();
        app.Run(RecordAndAnswerAsync);
    }

    /// <summary>What it answers; may change while it runs.</summary>
    public RequestDelegate Answer { get; set; }

    public int Port => new Uri(app.Urls.Single()).Port;

    /// <summary>Its address, without a slash at the end.</summary>
    public string Root { get; private set; } = "";

    public IReadOnlyList<Received> Received => [.. received];

    public static async Task<FakeApi> StartAsync(RequestDelegate? answer = null, string address = Host)
    {
        var fakeApi = new FakeApi(answer, address);
        await fakeApi.InitializeAsync();
        return fakeApi;
    }

    /// <summary>The request that is being answered, its body included.</summary>
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

    public async ValueTask InitializeAsync()
    {
        await app.StartAsync();
        Root = $"http://{Host}:{Port}";
    }

    public virtual async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private async Task RecordAndAnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var headers = http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var request = new Received(http.Request.Method, http.Request.Path + http.Request.QueryString, headers, body.ToArray());
        received.Enqueue(request);
        http.Features.Set(request);
        await Answer(http);
    }
}

/// <summary>A request as a <see cref="FakeApi"/> received it.</summary>
public sealed record Received(string Method, string PathAndQuery, IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public JsonNode Json => JsonNode.Parse(Bytes)!;

    public string? this[string header] => Headers.GetValueOrDefault(header);
}
