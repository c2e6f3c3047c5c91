using System.Collections.Concurrent;
using Klanten.Tests.Hosting.FunctionsHost.Protocol;

namespace Klanten.Tests.Hosting.FunctionsHost;

/// <summary>Keeps one worker running: a worker that ends unasked is started again, and what comes meanwhile waits for that.</summary>
internal sealed class WorkerSupervisor(HostedApp app, FunctionRpcServer server, IReadOnlyDictionary<string, string?> environment)
    : IDisposable
{
    /// <summary>After so many the host gives up.</summary>
    private const int MaxDeaths = 3;

    private readonly ConcurrentQueue<RpcLog> log = [];
    private readonly ConcurrentQueue<HostedWorker> started = [];
    private readonly Lock exchange = new();
    private Task<HostedWorker> current = null!;
    private int deaths;
    private bool stopping;

    /// <summary>All that the workers wrote to the log by way of the host.</summary>
    public IReadOnlyList<RpcLog> Log => [.. log];

    /// <summary>All that the workers printed. The host writes this to its own log.</summary>
    public string Output => string.Concat(started.Select(w => w.Process.Output));

    public Task StartAsync() => current = StartWorkerAsync();

    /// <summary>The worker that runs, once it does.</summary>
    public Task<HostedWorker> CurrentAsync()
    {
        lock (exchange) return current;
    }

    /// <summary>Starts the next worker when this one has died; a second call for the same worker does nothing.</summary>
    public void Replace(HostedWorker dead)
    {
        lock (exchange)
        {
            if (stopping || !current.IsCompletedSuccessfully || current.Result != dead) return;
            current = ++deaths < MaxDeaths ? StartWorkerAsync() : Task.FromException<HostedWorker>(new WorkerLostException());
        }
    }

    /// <summary>SIGKILL. Returns when the host has seen it.</summary>
    public async Task KillAsync()
    {
        var worker = await CurrentAsync();
        worker.Process.Kill();
        await worker.Process.ExitAsync();
        Replace(worker);
    }

    /// <summary>From here on a worker that ends is not started again.</summary>
    public void StopReplacing()
    {
        lock (exchange) stopping = true;
    }

    public void Dispose()
    {
        StopReplacing();
        foreach (var worker in started) worker.Dispose();
    }

    private async Task<HostedWorker> StartWorkerAsync()
    {
        var worker = await StartOnFreePortAsync();
        started.Enqueue(worker);
        _ = worker.Process.ExitAsync().ContinueWith(_ => Replace(worker), TaskScheduler.Default);
        return worker;
    }

    /// <summary>
    /// Starts a worker again whose port another process took: its library finds a free one, and listens on it a moment later.
    /// </summary>
    private async Task<HostedWorker> StartOnFreePortAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await HostedWorker.StartAsync(app, server, environment, Receive);
            }
            catch (InvalidOperationException exception)
                when (attempt < MaxDeaths && exception.Message.Contains("address already in use", StringComparison.Ordinal))
            {
            }
        }
    }

    private void Receive(StreamingMessage message)
    {
        if (message.RpcLog is not null) log.Enqueue(message.RpcLog);
    }
}
