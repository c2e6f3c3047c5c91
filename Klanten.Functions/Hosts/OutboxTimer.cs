using Klanten.Functions.Notificaties;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Functions.Hosts;

/// <summary>
/// Starts an app that has scaled to zero, so that notifications in the outbox do not wait for the next request. Only a
/// Functions host runs it; without one the program is always running.
/// </summary>
public sealed class OutboxTimer(IOutboxDelivery? delivery = null)
{
    private const string EveryMinute = "0 * * * * *";

    [Function("outbox_bezorgen")]
    public Task RunAsync([TimerTrigger(EveryMinute)] TimerInfo timer, CancellationToken cancellationToken) =>
        delivery is null ? Task.CompletedTask : delivery.DrainAsync(cancellationToken);
}
