using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net.Sockets;
using System.Text;
using Klanten.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Klanten.Tests.Http;

/// <summary>A consumer that closes its connection halfway is no fault of the program.</summary>
public sealed class DisconnectTests
{
    [Theory]
    [InlineData("Content-Length: 1000\r\n\r\n{\"a\":")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n100\r\n{\"a\":")]
    [InlineData("Content-Length: 1000\r\n\r\n")]
    public async Task A_connection_that_is_reset_within_a_body_is_neither_logged_nor_counted_as_a_fault(string rest)
    {
        using var log = new WarningLog();
        await using var program = await KlantenHost.StartAsync(replace: services => services.AddSingleton<ILoggerProvider>(log));
        using var statuses = new Statuses(program.Services.GetRequiredService<IMeterFactory>());

        using (var client = new TcpClient())
        {
            var root = new Uri(program.Root);
            await client.ConnectAsync(root.Host, root.Port, TestContext.Current.CancellationToken);
            await client.GetStream().WriteAsync(
                Encoding.Latin1.GetBytes(
                    $"POST /api/v1/klanten HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {Token.Of(Applications.Super)}\r\n"
                    + $"Content-Type: application/json\r\n{rest}"),
                TestContext.Current.CancellationToken);
            await Eventually.TrueAsync(() => statuses.Active == 1, "the request is being answered");
            // Closing then sends a reset.
            client.LingerState = new(enable: true, seconds: 0);
        }

        await Eventually.TrueAsync(() => !statuses.Seen.IsEmpty, "the request is counted");
        // A body of which the length is known ends too soon (400); of another the server notices the reset first.
        Assert.All(statuses.Seen, status => Assert.Contains(status, (int[])[400, 499]));
        Assert.Empty(log.Lines);
    }

    /// <summary>The status of each request as the metrics of ASP.NET Core count it.</summary>
    private sealed class Statuses : IDisposable
    {
        private readonly MeterListener listener = new();
        private long active;

        public Statuses(IMeterFactory program)
        {
            listener.InstrumentPublished = (instrument, it) =>
            {
                if (instrument.Meter.Scope == program && instrument.Name is "http.server.request.duration" or "http.server.active_requests")
                    it.EnableMeasurementEvents(instrument);
            };
            listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
            {
                foreach (var (name, value) in tags)
                {
                    if (name == "http.response.status_code") Seen.Enqueue((int)value!);
                }
            });
            listener.SetMeasurementEventCallback<long>((_, change, _, _) => Interlocked.Add(ref active, change));
            listener.Start();
        }

        public ConcurrentQueue<int> Seen { get; } = [];

        public long Active => Interlocked.Read(ref active);

        public void Dispose() => listener.Dispose();
    }

    private sealed class WarningLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) Lines.Enqueue(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
