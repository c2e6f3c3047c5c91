using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;
using Klanten.Tests.Hosting.FunctionsHost.Protocol;

namespace Klanten.Tests.Hosting.FunctionsHost;

/// <summary>The stream of messages between the host and one worker. A reply carries the id of what it answers.</summary>
internal sealed class WorkerChannel
{
    private readonly Channel<StreamingMessage> outgoing = Channel.CreateUnbounded<StreamingMessage>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> unanswered = new();
    private volatile bool ended;

    /// <summary>Called for every message of the worker that answers none of the host's.</summary>
    public Action<StreamingMessage> Received { get; set; } = _ => { };

    /// <summary>Sends a message and returns its reply.</summary>
    /// <exception cref="WorkerLostException">The worker ended first.</exception>
    public async Task<StreamingMessage> AskAsync(StreamingMessage message)
    {
        message.RequestId = Guid.NewGuid().ToString();
        var reply = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        unanswered[message.RequestId] = reply;
        Tell(message);
        if (ended) reply.TrySetException(new WorkerLostException());
        return await reply.Task;
    }

    /// <summary>Sends a message that has no reply.</summary>
    public void Tell(StreamingMessage message) => outgoing.Writer.TryWrite(message);

    /// <summary>Carries messages both ways until the worker closes the stream or is gone.</summary>
    public async Task RunAsync(
        IAsyncStreamReader<StreamingMessage> incoming, IServerStreamWriter<StreamingMessage> sink, CancellationToken cancellationToken)
    {
        var sending = SendAsync(sink, cancellationToken);
        try
        {
            while (await incoming.MoveNext(cancellationToken)) Take(incoming.Current);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // A worker that is killed closes nothing.
        }
        ended = true;
        outgoing.Writer.TryComplete();
        foreach (var reply in unanswered.Values) reply.TrySetException(new WorkerLostException());
        await sending;
    }

    private void Take(StreamingMessage message)
    {
        if (unanswered.TryRemove(message.RequestId, out var reply)) reply.TrySetResult(message);
        else Received(message);
    }

    private async Task SendAsync(IServerStreamWriter<StreamingMessage> sink, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in outgoing.Reader.ReadAllAsync(cancellationToken))
            {
                await sink.WriteAsync(message, cancellationToken);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // As above.
        }
    }
}

/// <summary>The worker ended before it answered.</summary>
internal sealed class WorkerLostException() : Exception("The worker ended before it answered.");
