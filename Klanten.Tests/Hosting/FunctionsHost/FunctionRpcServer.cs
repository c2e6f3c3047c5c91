using System.Collections.Concurrent;
using System.Net;
using Grpc.Core;
using Klanten.Tests.Hosting.FunctionsHost.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Klanten.Tests.Hosting.FunctionsHost;

/// <summary>Where workers connect: gRPC without TLS, on a port of its own.</summary>
internal sealed class FunctionRpcServer : IAsyncDisposable
{
    /// <summary>The host's own limit.</summary>
    public const int MaxMessageLength = 128 * 1024 * 1024;

    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<WorkerChannel>> expected = new();

    private FunctionRpcServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRouting();
        builder.Services.AddSingleton(new EventStreams(this));
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (MaxMessageLength, MaxMessageLength));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        app = builder.Build();
        app.MapGrpcService<EventStreams>();
    }

    public Uri Address => new(app.Urls.Single());

    public static async Task<FunctionRpcServer> StartAsync()
    {
        var server = new FunctionRpcServer();
        await server.app.StartAsync();
        return server;
    }

    /// <summary>The channel to a worker, once it has connected. To be asked before the worker is started.</summary>
    public Task<WorkerChannel> ConnectedAsync(string workerId) => Expected(workerId).Task;

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private TaskCompletionSource<WorkerChannel> Expected(string workerId) =>
        expected.GetOrAdd(workerId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private sealed class EventStreams(FunctionRpcServer server) : FunctionRpc.FunctionRpcBase
    {
        public override async Task EventStream(
            IAsyncStreamReader<StreamingMessage> requestStream,
            IServerStreamWriter<StreamingMessage> responseStream,
            ServerCallContext context)
        {
            if (!await requestStream.MoveNext(context.CancellationToken)) return;
            var channel = new WorkerChannel();
            server.Expected(requestStream.Current.StartStream.WorkerId).TrySetResult(channel);
            await channel.RunAsync(requestStream, responseStream, context.CancellationToken);
        }
    }
}
