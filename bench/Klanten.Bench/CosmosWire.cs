using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Klanten.Bench;

/// <summary>What an operation asked of the server.</summary>
/// <param name="Requests">HTTP requests.</param>
/// <param name="BodyOut">Bytes sent in bodies.</param>
/// <param name="BodyIn">Bytes received in bodies.</param>
/// <param name="WireOut">Bytes sent in all: request lines, headers and bodies; over TLS also what that adds.</param>
/// <param name="WireIn">Bytes received in all.</param>
/// <param name="Wait">
/// The time during which the client waited for the server: from the first byte of a request on the socket until the last byte of
/// its answer. The time that several requests overlap counts once.
/// </param>
internal readonly record struct WireUse(int Requests, long BodyOut, long BodyIn, long WireOut, long WireIn, TimeSpan Wait);

/// <summary>
/// Counts at two levels: requests and bodies as the SDK passes them on, and bytes and waits at the socket, so that the work of the
/// HTTP client counts as ours and not as a wait.
/// </summary>
internal sealed class CosmosWire : DelegatingHandler
{
    private readonly Lock gate = new();
    private readonly List<Exchange> exchanges = [];
    private int requests;
    private long bodyOut;
    private long bodyIn;
    private long wireOut;
    private long wireIn;

    public CosmosWire() => InnerHandler = new SocketsHttpHandler { UseProxy = false, ConnectCallback = ConnectAsync };

    /// <summary>Sets all counts to zero.</summary>
    public void Reset()
    {
        lock (gate)
        {
            exchanges.Clear();
            requests = 0;
            bodyOut = bodyIn = wireOut = wireIn = 0;
        }
    }

    /// <summary>The counts since the last reset.</summary>
    public WireUse Read()
    {
        lock (gate) return new(requests, bodyOut, bodyIn, wireOut, wireIn, Union(exchanges));
    }

    /// <summary>The time that is covered by at least one exchange.</summary>
    private static TimeSpan Union(IEnumerable<Exchange> exchanges)
    {
        var (ticks, until) = (0L, 0L);
        foreach (var exchange in exchanges.OrderBy(e => e.Begun))
        {
            ticks += Math.Max(0, exchange.Ended - Math.Max(exchange.Begun, until));
            until = Math.Max(until, exchange.Ended);
        }
        return Stopwatch.GetElapsedTime(0, ticks);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        lock (gate)
        {
            requests++;
            bodyOut += Length(request.Content?.Headers);
            bodyIn += Length(response.Content.Headers);
        }
        return response;
    }

    private static long Length(HttpContentHeaders? headers) => headers?.ContentLength ?? 0;

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new Connection(socket, this);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A request and its answer on one connection; moments of <see cref="Stopwatch"/>.</summary>
    private sealed class Exchange(long begun)
    {
        public long Begun { get; } = begun;

        public long Ended { get; set; } = begun;

        public bool Answered { get; set; }
    }

    private sealed class Connection(Socket socket, CosmosWire wire) : NetworkStream(socket, ownsSocket: true)
    {
        private Exchange exchange = new(0) { Answered = true };

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            lock (wire.gate)
            {
                if (exchange.Answered) wire.exchanges.Add(exchange = new(Stopwatch.GetTimestamp()));
                wire.wireOut += buffer.Length;
            }
            return base.WriteAsync(buffer, cancellationToken);
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await base.ReadAsync(buffer, cancellationToken);
            if (count == 0) return 0;
            lock (wire.gate)
            {
                (exchange.Ended, exchange.Answered) = (Stopwatch.GetTimestamp(), true);
                wire.wireIn += count;
            }
            return count;
        }
    }
}
