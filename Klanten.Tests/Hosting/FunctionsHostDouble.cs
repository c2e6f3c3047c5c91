using System.Collections.Frozen;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Klanten.Tests.Hosting;

/// <summary>
/// Stands in for the Azure Functions host v4: starts the published program as it does, finds the function for a request
/// as it does, and passes the request on with the headers that it rewrites. What it does was seen on a real host.
/// </summary>
internal sealed class FunctionsHostDouble : IAsyncDisposable
{
    private static readonly FrozenSet<string> HopByHop = FrozenSet.ToFrozenSet(
        ["Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade"], StringComparer.OrdinalIgnoreCase);

    private readonly HttpMessageInvoker client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        RequestHeaderEncodingSelector = (_, _) => Encoding.Latin1,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.Latin1,
    });

    private readonly WebApplication proxy;
    private readonly IReadOnlyList<HostFunction> functions;
    private readonly string prefix;
    private readonly string publicScheme;

    private FunctionsHostDouble(string folder, string publicScheme, IReadOnlyDictionary<string, string?> settings)
    {
        this.publicScheme = publicScheme;
        functions = HostFunction.ReadAll(folder);
        using var host = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "host.json")));
        prefix = host.RootElement.GetProperty("extensions").GetProperty("http").GetProperty("routePrefix").GetString()!;
        var executable = host.RootElement.GetProperty("customHandler").GetProperty("description").GetProperty("defaultExecutablePath").GetString()!;

        ProgramAddress = new($"http://127.0.0.1:{FreePort()}");
        LeakedAddress = new($"http://127.0.0.1:{FreePort()}");
        Program = new(Path.Combine(folder, executable), [], folder, new Dictionary<string, string?>(settings)
        {
            ["FUNCTIONS_CUSTOMHANDLER_PORT"] = $"{ProgramAddress.Port}",
            ["ASPNETCORE_URLS"] = LeakedAddress.ToString(),
        });

        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 100 * 1024 * 1024;
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        proxy = builder.Build();
        proxy.Run(RouteAsync);
    }

    public ChildProcess Program { get; }

    /// <summary>Where consumers call.</summary>
    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>Where the program was told to listen.</summary>
    public Uri ProgramAddress { get; }

    /// <summary>What the host's own environment says, which is none of the program's business.</summary>
    public Uri LeakedAddress { get; }

    /// <param name="folder">The published folder.</param>
    /// <param name="settings">The app's settings: the program inherits them as its environment.</param>
    /// <param name="publicScheme">The scheme that the host saw; https in Azure.</param>
    public static async Task<FunctionsHostDouble> StartAsync(string folder, IReadOnlyDictionary<string, string?> settings, string publicScheme = "http")
    {
        var host = new FunctionsHostDouble(folder, publicScheme, settings);
        try
        {
            await host.PingAsync();
            await host.proxy.StartAsync();
            host.BaseAddress = new(host.proxy.Urls.Single());
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        client.Dispose();
        Program.Dispose();
    }

    /// <summary>The host asks GET / until something answers, whatever the status.</summary>
    private async Task PingAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            if (Program.HasExited) throw new InvalidOperationException($"The program ended.\n{Program.Output}");
            try
            {
                using var ping = new HttpRequestMessage(HttpMethod.Get, ProgramAddress);
                using var answer = await client.SendAsync(ping, patience.Token);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), patience.Token);
            }
        }
    }

    private async Task RouteAsync(HttpContext http)
    {
        if (functions.Any(f => f.Matches(prefix, http.Request.Method, http.Request.Path))) await ForwardAsync(http);
        else http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private async Task ForwardAsync(HttpContext http)
    {
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(
            new(http.Request.Method),
            new Uri(ProgramAddress.GetLeftPart(UriPartial.Authority) + target, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true) request.Content = new StreamContent(http.Request.Body);
        foreach (var (name, values) in http.Request.Headers)
        {
            if (HopByHop.Contains(name) || name is "Host" || name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase)) continue;
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values)) request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
        request.Headers.Host = ProgramAddress.Authority;
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", http.Connection.RemoteIpAddress?.ToString());
        request.Headers.TryAddWithoutValidation("X-Forwarded-Host", http.Request.Host.Value);
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", publicScheme);

        using var answer = await client.SendAsync(request, http.RequestAborted);
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.NonValidated.Concat(answer.Content.Headers.NonValidated))
            if (!HopByHop.Contains(name)) http.Response.Headers[name] = values.ToArray();
        if (!HttpMethods.IsHead(http.Request.Method)) await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
