using Klanten.Core.Ports;
using Klanten.Functions.Telemetry;

namespace Klanten.Functions.Notificaties;

/// <summary>
/// Runs the dispatcher after every commit of this instance, and at an interval for retries and for entries of other instances.
/// </summary>
internal sealed partial class OutboxService(
    IServiceProvider services, KlantenMetrics metrics, TimeProvider clock, ILogger<OutboxService> logger) : BackgroundService
{
    /// <summary>How long a retry, or an entry of an instance that died, may go unnoticed.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How often the gauges of the outbox are updated.</summary>
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FailureBackoff = TimeSpan.FromSeconds(10);

    private long? statusRead;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception)
            {
                // Handling a failure may fail as well, when descriptors or memory have run out; the loop must outlive that.
            }
        }
    }

    /// <summary>Empties the outbox until something fails, and then waits a while.</summary>
    private async Task RunAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await DeliverAsync(stoppingToken);
            }
        }
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
        {
            var pause = Task.Delay(FailureBackoff, clock, stoppingToken);
            try
            {
                LogFault(logger, exception.GetType().FullName);
            }
            finally
            {
                await pause;
            }
        }
    }

    private async Task DeliverAsync(CancellationToken stoppingToken)
    {
        // Resolved here and not in the constructor: that would open the store while the program starts, and an unreachable
        // store must not prevent the start.
        var outbox = services.GetRequiredService<IOutbox>();
        var dispatcher = services.GetRequiredService<OutboxDispatcher>();
        if (statusRead is not { } earlier || clock.GetElapsedTime(earlier) >= StatusInterval)
        {
            metrics.SetOutboxStatus(await outbox.StatusAsync(stoppingToken));
            statusRead = clock.GetTimestamp();
        }
        if (await dispatcher.DeliverBatchAsync(stoppingToken) == 0)
        {
            await outbox.WaitAsync(Interval, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Error, "The outbox could not be emptied: {ExceptionType}")]
    private static partial void LogFault(ILogger logger, string? exceptionType);
}
