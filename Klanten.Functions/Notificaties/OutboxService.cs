using Klanten.Core.Ports;
using Klanten.Functions.Telemetry;

namespace Klanten.Functions.Notificaties;

/// <summary>
/// Runs the dispatcher after every commit of this instance, and on the whole outbox at an interval, for retries and for entries that
/// other instances left behind.
/// </summary>
internal sealed partial class OutboxService(
    IServiceProvider services, KlantenMetrics metrics, TimeProvider clock, ILogger<OutboxService> logger) : BackgroundService
{
    /// <summary>The part of an interval that is random (jitter), so that instances do not search at the same moments.</summary>
    private const double Jitter = 0.25;

    /// <summary>How often the gauges of the outbox are updated.</summary>
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan FailureBackoff = TimeSpan.FromSeconds(10);

    private long? statusRead;
    private long? searched;
    private TimeSpan interval;

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
        if (!IsSearchDue())
        {
            if (await dispatcher.DeliverCommittedAsync(stoppingToken) == 0)
            {
                await WaitAsync(outbox, stoppingToken);
            }
            return;
        }
        if (statusRead is not { } earlier || clock.GetElapsedTime(earlier) >= StatusInterval)
        {
            metrics.SetOutboxStatus(await outbox.StatusAsync(stoppingToken));
            statusRead = clock.GetTimestamp();
        }
        // A batch that is not full has all that was due. To search until nothing is would never end under load.
        if (await dispatcher.DeliverBatchAsync(stoppingToken) < OutboxDispatcher.BatchSize)
        {
            searched = clock.GetTimestamp();
            interval = outbox.SearchInterval * (1 - (Jitter * Random.Shared.NextDouble()));
        }
    }

    private bool IsSearchDue() => searched is not { } moment || clock.GetElapsedTime(moment) >= interval;

    /// <summary>Waits for a commit, or else until the whole outbox is to be searched.</summary>
    private async Task WaitAsync(IOutbox outbox, CancellationToken stoppingToken)
    {
        var rest = interval - clock.GetElapsedTime(searched!.Value);
        if (rest <= TimeSpan.Zero || !await outbox.WaitAsync(rest, stoppingToken))
        {
            searched = null;
        }
    }

    [LoggerMessage(LogLevel.Error, "The outbox could not be emptied: {ExceptionType}")]
    private static partial void LogFault(ILogger logger, string? exceptionType);
}
