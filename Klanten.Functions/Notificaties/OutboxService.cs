using Klanten.Core.Storage;
using Klanten.Functions.Telemetry;

namespace Klanten.Functions.Notificaties;

/// <summary>Lets the dispatcher work whenever this instance has committed something, and now and then for what others left.</summary>
internal sealed partial class OutboxService(OutboxDispatcher dispatcher, IOutbox outbox, KlantenMetrics metrics, TimeProvider clock, ILogger<OutboxService> logger) : BackgroundService
{
    /// <summary>How long a retry, or an entry of an instance that died, may wait unseen.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How often the gauges of the outbox are set.</summary>
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(30);

    /// <summary>After a fault of the store itself.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not before the program listens: opening the store is not what a start waits for.
        await Task.Yield();
        var statusDue = clock.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (clock.GetUtcNow() >= statusDue)
                {
                    metrics.OutboxIs(await outbox.StatusAsync(stoppingToken));
                    statusDue = clock.GetUtcNow() + StatusInterval;
                }
                await dispatcher.DrainAsync(stoppingToken);
                await outbox.WaitAsync(Interval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFault(logger, exception.GetType().FullName);
                await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The outbox could not be emptied: {ExceptionType}")]
    private static partial void LogFault(ILogger logger, string? exceptionType);
}
