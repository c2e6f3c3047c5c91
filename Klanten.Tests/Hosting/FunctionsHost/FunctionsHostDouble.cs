using System.Net;
using System.Net.Sockets;
using System.Text;
using Klanten.Tests.Hosting.FunctionsHost.Protocol;
using Klanten.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Klanten.Tests.Hosting.FunctionsHost;

/// <summary>
/// Stands in for the Azure Functions host v4: starts the published program as an isolated worker, finds the function for a
/// request, and sends the worker an invocation and the request side by side. What it does was seen on a real host.
/// </summary>
internal sealed class FunctionsHostDouble : IAsyncDisposable
{
    private const string TimerInput = """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""";

    private readonly HostedApp? app;
    private readonly FunctionRpcServer server;
    private readonly WorkerSupervisor workers;
    private readonly Invoker invoker;
    private readonly RequestForwarder forwarder;
    private readonly WebApplication proxy;
    private readonly TempFolder home = new();

    private FunctionsHostDouble(
        HostedApp? app, FunctionRpcServer server, IReadOnlyDictionary<string, string?> settings, string publicScheme, int port)
    {
        this.app = app;
        this.server = server;
        LeakedAddress = new($"http://127.0.0.1:{FreePort()}");
        workers = new(app!, server, new Dictionary<string, string?>(settings)
        {
            ["FUNCTIONS_WORKER_RUNTIME"] = "dotnet-isolated",
            ["ASPNETCORE_URLS"] = LeakedAddress.ToString(),
            ["HOME"] = home.Path,
            ["LC_ALL"] = "en",
        });
        invoker = new(workers);
        forwarder = new(publicScheme);

        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = 100 * 1024 * 1024;
            kestrel.RequestHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.ResponseHeaderEncodingSelector = _ => Encoding.Latin1;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        proxy = builder.Build();
        proxy.Run(AnswerAsync);
    }

    /// <summary>Where consumers call.</summary>
    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>An address in the host's own environment, which the worker inherits and must leave alone.</summary>
    public Uri LeakedAddress { get; }

    /// <summary>The home folder of the workers, empty before their start as on every new instance.</summary>
    public string Home => home.Path;

    /// <summary>The invocations that ended, in that order.</summary>
    public IReadOnlyList<Invocation> Invocations => invoker.Ended;

    /// <summary>All that the workers wrote to the log by way of the host.</summary>
    public IReadOnlyList<RpcLog> Log => workers.Log;

    /// <summary>All that the workers printed. The host writes this to its own log.</summary>
    public string Output => workers.Output;

    /// <param name="folder">The published folder.</param>
    /// <param name="settings">The app's settings, which the worker finds in its environment.</param>
    /// <param name="publicScheme">The scheme that consumers use; https in Azure.</param>
    /// <param name="port">Where consumers call; 0 for any free port.</param>
    public static async Task<FunctionsHostDouble> StartAsync(
        string folder, IReadOnlyDictionary<string, string?> settings, string publicScheme = "http", int port = 0)
    {
        var host = new FunctionsHostDouble(HostedApp.Read(folder), await FunctionRpcServer.StartAsync(), settings, publicScheme, port);
        try
        {
            if (host.app is not null) await host.workers.StartAsync();
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

    /// <summary>The worker that runs, once it does.</summary>
    public Task<HostedWorker> WorkerAsync() => workers.CurrentAsync();

    /// <summary>Runs a timer function, as the host does when its time has come.</summary>
    public async Task<Invocation> TimerAsync(string name)
    {
        var worker = await WorkerAsync();
        var function = worker.Functions.Single(f => f.Name == name && f.Schedule is not null);
        return await invoker.InvokeAsync(worker, function, Invoker.RequestFor(function, new() { Json = TimerInput }));
    }

    /// <summary>SIGKILL for the worker. Returns when the host has seen it.</summary>
    public Task KillWorkerAsync() => workers.KillAsync();

    /// <summary>SIGTERM for the host: no new connections, then what runs may end, then the worker is asked to end.</summary>
    public async Task<WorkerEnd> StopAsync()
    {
        workers.StopReplacing();
        await proxy.StopAsync();
        await invoker.DrainAsync();
        return await (await WorkerAsync()).TerminateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        workers.Dispose();
        await server.DisposeAsync();
        forwarder.Dispose();
        home.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        if (app is null)
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await http.Response.WriteAsync("Function host is not running.");
            return;
        }
        if (http.Request.Path.StartsWithSegments("/admin", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        var worker = await WorkerAsync();
        var found = http.Request.Path == "/favicon.ico" ? null : worker.Router.Find(http.Request.Method, http.Request.Path);
        if (found is not var (function, values))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var invocation = Invoker.RequestFor(function, new() { Http = new() }, http.Request.Headers.TraceParent);
        foreach (var (name, value) in values) invocation.TriggerMetadata[name] = new() { String = value?.ToString() ?? "" };
        await ForwardAsync(http, worker, function, invocation);
    }

    /// <summary>The invocation and the request go to the worker side by side. What comes back by HTTP is the answer.</summary>
    private async Task ForwardAsync(HttpContext http, HostedWorker worker, HostFunction function, InvocationRequest request)
    {
        var invocation = invoker.InvokeAsync(worker, function, request);
        await using var leaving = http.RequestAborted.Register(() => worker.Cancel(request.InvocationId));
        try
        {
            await forwarder.ForwardAsync(http, worker.HttpUri, request.InvocationId, request.TraceContext.TraceParent, invocation);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            if (http.Response.HasStarted) http.Abort();
            else http.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
        await invocation;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
