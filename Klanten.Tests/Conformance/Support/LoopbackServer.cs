using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Klanten.Tests.Conformance.Support;

/// <summary>A neighbour of the API, on 127.0.0.1.</summary>
public abstract class LoopbackServer : IAsyncLifetime
{
    public const string Host = "127.0.0.1";

    private readonly WebApplication app;

    protected LoopbackServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://{Host}:0");
        app = builder.Build();
        app.Run(AnswerAsync);
    }

    /// <summary>Its address, without a slash at the end.</summary>
    public string Root => app.Urls.Single();

    public async ValueTask InitializeAsync() => await app.StartAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected abstract Task AnswerAsync(HttpContext http);
}
