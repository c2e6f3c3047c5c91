using Klanten.Functions.Notificaties;

namespace Klanten.Functions.Hosting;

/// <summary>
/// Calls of the Functions host's timers: a plain POST to the function's name (functions-custom-handlers, Microsoft Learn).
/// They wake an instance that sleeps, so that what waits in the outbox does not wait for the next request.
/// </summary>
internal static class TimerCalls
{
    private const string Outbox = "/outbox_bezorgen";

    /// <remarks>Without a Functions host the port is open to consumers, and then there is nothing to call.</remarks>
    public static void MapTimerCalls(this WebApplication app)
    {
        if (Server.FunctionsPort(app.Configuration) is null) return;
        app.MapPost(Outbox, async (HttpContext http, IServiceProvider services) =>
        {
            if (services.GetService<OutboxDispatcher>() is { } dispatcher) await dispatcher.DrainAsync(http.RequestAborted);
            return Results.Text("""{"Outputs":{},"Logs":[],"ReturnValue":null}""", "application/json");
        }).ExcludeFromDescription();
    }
}
