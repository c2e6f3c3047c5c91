using Klanten.Core.Ports;
using Klanten.Functions.Telemetry;

namespace Klanten.Functions.Notificaties;

/// <summary>Lets the dispatcher work whenever this instance has committed something, and now and then for what others left.</summary>
internal sealed partial class OutboxService(IServiceProvider services, KlantenMetrics metrics, TimeProvider clock, ILogger<OutboxService> logger) : BackgroundService
{
    /// <summary>How long a retry, or an entry of an instance that died, may wait unseen.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How often the gauges of the outbox are set.</summary>
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(30);

    /// <summary>After a fault of the store itself.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var statusDue = clock.GetUtcNow();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // Not asked for at the start, which would open the store then: one that is away must not keep the program from starting.
                var (outbox, dispatcher) = (services.GetRequiredService<IOutbox>(), services.GetRequiredService<OutboxDispatcher>());
                if (clock.GetUtcNow() >= statusDue)
                {
                    metrics.SetOutboxStatus(await outbox.StatusAsync(stoppingToken));
                    statusDue = clock.GetUtcNow() + StatusInterval;
                }
                if (await dispatcher.DeliverSomeAsync(stoppingToken) == 0) await outbox.WaitAsync(Interval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                LogFault(logger, exception.GetType().FullName);
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "The outbox could not be emptied: {ExceptionType}")]
    private static partial void LogFault(ILogger logger, string? exceptionType);
}
