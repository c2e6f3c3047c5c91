using Google.Protobuf.WellKnownTypes;
using Klanten.Tests.Hosting.FunctionsHost.Protocol;
using Klanten.Tests.Support;

namespace Klanten.Tests.Hosting.FunctionsHost;

/// <summary>The published program as the host started it: its process, the channel to it, and what it said of itself.</summary>
internal sealed class HostedWorker : IDisposable
{
    /// <summary>How long the host lets a worker run after it asked it to end.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly WorkerChannel channel;

    private HostedWorker(ChildProcess process, WorkerChannel channel)
    {
        Process = process;
        this.channel = channel;
    }

    public ChildProcess Process { get; }

    /// <summary>Where it takes HTTP requests.</summary>
    public Uri HttpUri { get; private set; } = null!;

    public IReadOnlyList<HostFunction> Functions { get; private set; } = [];

    public FunctionRouter Router { get; private set; } = null!;

    /// <param name="app">The published folder.</param>
    /// <param name="server">Where the worker is to connect.</param>
    /// <param name="environment">What it finds in its environment beside what the host adds.</param>
    /// <param name="received">Receives what the worker sends unasked, such as its log.</param>
    public static async Task<HostedWorker> StartAsync(
        HostedApp app, FunctionRpcServer server, IReadOnlyDictionary<string, string?> environment, Action<StreamingMessage> received)
    {
        var workerId = Guid.NewGuid().ToString();
        var connected = server.ConnectedAsync(workerId);
        var process = StartProcess(app, server.Address, workerId, environment);
        try
        {
            var exit = process.ExitAsync();
            var first = await Task.WhenAny(connected, exit).WaitAsync(StartTimeout);
            if (first == exit) throw new InvalidOperationException($"The worker ended.\n{process.Output}");
            var worker = new HostedWorker(process, await connected);
            worker.channel.Received = received;
            await worker.InitializeAsync(app).WaitAsync(StartTimeout);
            return worker;
        }
        catch (Exception exception) when (exception is TimeoutException or WorkerLostException)
        {
            process.Dispose();
            throw new InvalidOperationException($"The worker did not start.\n{process.Output}", exception);
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Runs a function to its end.</summary>
    /// <exception cref="WorkerLostException">The worker ended first.</exception>
    public async Task<StatusResult> InvokeAsync(InvocationRequest request) =>
        (await channel.AskAsync(new() { InvocationRequest = request })).InvocationResponse.Result;

    /// <summary>The consumer is gone.</summary>
    public void Cancel(string invocationId) =>
        channel.Tell(new() { InvocationCancel = new() { InvocationId = invocationId, GracePeriod = Duration.FromTimeSpan(Grace) } });

    /// <summary>Asks the worker to end, and kills it when it does not.</summary>
    public async Task<WorkerEnd> TerminateAsync()
    {
        channel.Tell(new() { WorkerTerminate = new() { GracePeriod = Duration.FromTimeSpan(Grace) } });
        var exit = Process.ExitAsync();
        var byItself = await Task.WhenAny(exit, Task.Delay(Grace)) == exit;
        if (!byItself) Process.Kill();
        return new(byItself, await exit);
    }

    public void Dispose() => Process.Dispose();

    /// <summary>In a folder that is not the program's own, as on an instance that Azure started before it knew for which app.</summary>
    private static ChildProcess StartProcess(HostedApp app, Uri address, string workerId, IReadOnlyDictionary<string, string?> environment)
    {
        var (requestId, length) = (Guid.NewGuid().ToString(), $"{FunctionRpcServer.MaxMessageLength}");
        string[] arguments =
        [
            .. app.Arguments,
            "--host", address.Host, "--port", $"{address.Port}", "--workerId", workerId, "--requestId", requestId,
            "--grpcMaxMessageLength", length,
            "--functions-uri", address.ToString(), "--functions-worker-id", workerId, "--functions-request-id", requestId,
            "--functions-grpc-max-message-length", length,
        ];
        // App settings reach a program on Linux with __ for the colon.
        var settings = environment.ToDictionary(s => s.Key.Replace(":", "__", StringComparison.Ordinal), s => s.Value);
        return new(app.Executable, arguments, Path.GetTempPath(), new Dictionary<string, string?>(settings)
        {
            ["FUNCTIONS_WORKER_DIRECTORY"] = app.Folder,
            ["FUNCTIONS_APPLICATION_DIRECTORY"] = app.Folder,
        });
    }

    private async Task InitializeAsync(HostedApp app)
    {
        var folder = app.Folder;
        var greeting = new WorkerInitRequest { HostVersion = "4.1049.0", WorkerDirectory = folder, FunctionAppDirectory = folder };
        var init = (await channel.AskAsync(new() { WorkerInitRequest = greeting })).WorkerInitResponse;
        Require(init.Result, "The worker did not initialize");
        HttpUri = new(init.Capabilities["HttpUri"]);

        var question = new FunctionsMetadataRequest { FunctionAppDirectory = folder };
        var indexed = (await channel.AskAsync(new() { FunctionsMetadataRequest = question })).FunctionMetadataResponse;
        Require(indexed.Result, "The worker did not list its functions");
        Functions = indexed.UseDefaultMetadataIndexing
            ? HostFunction.ReadFile(folder)
            : HostFunction.ReadAll(indexed.FunctionMetadataResults);
        Router = new(app.RoutePrefix, Functions);

        foreach (var function in Functions)
        {
            var request = new FunctionLoadRequest { FunctionId = function.Metadata.FunctionId, Metadata = function.Metadata };
            var loaded = (await channel.AskAsync(new() { FunctionLoadRequest = request })).FunctionLoadResponse;
            Require(loaded.Result, $"{function.Name} was not loaded");
        }
    }

    private static void Require(StatusResult result, string otherwise)
    {
        if (result.Status == StatusResult.Types.Status.Success) return;
        throw new InvalidOperationException($"{otherwise}: {result.Exception?.Message}");
    }
}

/// <summary>How a worker ended that was asked to.</summary>
/// <param name="ByItself">False when it had to be killed.</param>
/// <param name="ExitCode">Its exit code.</param>
internal sealed record WorkerEnd(bool ByItself, int ExitCode);
