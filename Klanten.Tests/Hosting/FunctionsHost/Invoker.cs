using System.Collections.Concurrent;
using System.Diagnostics;
using Klanten.Tests.Hosting.FunctionsHost.Protocol;

namespace Klanten.Tests.Hosting.FunctionsHost;

/// <summary>Runs functions, and records how each invocation ended.</summary>
internal sealed class Invoker(WorkerSupervisor workers)
{
    private readonly ConcurrentQueue<Invocation> ended = [];
    private readonly ConcurrentDictionary<string, Task> running = new();

    /// <summary>The invocations that ended, in that order.</summary>
    public IReadOnlyList<Invocation> Ended => [.. ended];

    public static InvocationRequest RequestFor(HostFunction function, TypedData input, string? traceParent = null) => new()
    {
        InvocationId = Guid.NewGuid().ToString(),
        FunctionId = function.Metadata.FunctionId,
        InputData = { new ParameterBinding { Name = function.Trigger, Data = input } },
        TraceContext = new() { TraceParent = SpanIn(traceParent) },
    };

    public Task<Invocation> InvokeAsync(HostedWorker worker, HostFunction function, InvocationRequest request) =>
        (Task<Invocation>)(running[request.InvocationId] = RunAsync(worker, function, request));

    /// <summary>Returns when nothing runs any more.</summary>
    public Task DrainAsync() => Task.WhenAll(running.Values);

    private async Task<Invocation> RunAsync(HostedWorker worker, HostFunction function, InvocationRequest request)
    {
        var result = await ResultAsync(worker, request);
        var end = new Invocation(function.Name, result.Status, result.Exception?.Message);
        ended.Enqueue(end);
        return end;
    }

    private async Task<StatusResult> ResultAsync(HostedWorker worker, InvocationRequest request)
    {
        try
        {
            return await worker.InvokeAsync(request);
        }
        catch (WorkerLostException exception)
        {
            // Before the consumer has an answer, so that its next request meets the next worker.
            workers.Replace(worker);
            return new() { Status = StatusResult.Types.Status.Failure, Exception = new() { Message = exception.Message } };
        }
    }

    /// <summary>A span of the host, in the consumer's trace when there is one.</summary>
    private static string SpanIn(string? traceParent)
    {
        var trace = ActivityContext.TryParse(traceParent, null, out var context) ? context.TraceId : ActivityTraceId.CreateRandom();
        return $"00-{trace}-{ActivitySpanId.CreateRandom()}-01";
    }
}

/// <summary>An invocation that ended.</summary>
/// <param name="Function">The name of its function.</param>
/// <param name="Status">What the worker said of it; a failure when the worker died.</param>
/// <param name="Exception">What went wrong.</param>
internal sealed record Invocation(string Function, StatusResult.Types.Status Status, string? Exception);
