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

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var statusDue = clock.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Resolved here and not in the constructor: that would open the store while the program starts, and an
                // unreachable store must not prevent the start.
                var outbox = services.GetRequiredService<IOutbox>();
                var dispatcher = services.GetRequiredService<OutboxDispatcher>();
                if (clock.GetUtcNow() >= statusDue)
                {
                    metrics.SetOutboxStatus(await outbox.StatusAsync(stoppingToken));
                    statusDue = clock.GetUtcNow() + StatusInterval;
                }
                if (await dispatcher.DeliverBatchAsync(stoppingToken) == 0)
                {
                    await outbox.WaitAsync(Interval, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFault(logger, exception.GetType().FullName);
                await Task.Delay(FailureBackoff, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The outbox could not be emptied: {ExceptionType}")]
    private static partial void LogFault(ILogger logger, string? exceptionType);
}
