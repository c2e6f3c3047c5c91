using Klanten.Functions.Notificaties;

namespace Klanten.Functions.Hosting;

/// <summary>
/// What the Functions host runs by the clock: it wakes an instance that sleeps, so that what waits in the outbox does not
/// wait for the next request.
/// </summary>
internal static class TimerCalls
{
    private const string EveryMinute = "0 * * * * *";

    public static void MapTimerCalls(this WebApplication app) => app.MapTimer("outbox_bezorgen", EveryMinute, async http =>
    {
        if (http.RequestServices.GetService<OutboxDispatcher>() is { } dispatcher) await dispatcher.DrainAsync(http.RequestAborted);
    });
}
