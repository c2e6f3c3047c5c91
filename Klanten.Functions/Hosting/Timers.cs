using Klanten.Functions.Http;

namespace Klanten.Functions.Hosting;

/// <summary>Marks an endpoint that the Functions host calls by the clock.</summary>
/// <param name="Schedule">NCRONTAB: six fields, the first for seconds.</param>
internal sealed record TimerTrigger(string Schedule);

internal static class Timers
{
    /// <summary>What the host expects of an invocation that has nothing to hand on.</summary>
    private static readonly ReadOnlyMemory<byte> Done = """{"Outputs":{},"Logs":[],"ReturnValue":null}"""u8.ToArray();

    /// <summary>
    /// Has the Functions host run a task by the clock: it calls POST /name on the program's own port, a path that it
    /// gives to nobody else. Without a host the port is open to consumers, and then nothing is found there.
    /// </summary>
    public static void MapTimer(this WebApplication app, string name, string schedule, Func<HttpContext, Task> run)
    {
        var underHost = FunctionsHost.Port(app.Configuration) is not null;
        RequestDelegate call = async http =>
        {
            if (!underHost)
            {
                await new ProblemAnswer(Problem.NotFound).ExecuteAsync(http);
                return;
            }
            await run(http);
            http.Response.ContentType = MediaTypes.Json;
            http.Response.ContentLength = Done.Length;
            await http.Response.Body.WriteAsync(Done, http.RequestAborted);
        };
        app.MapPost("/" + name, call).WithName(name).WithMetadata(new TimerTrigger(schedule)).ExcludeFromDescription();
    }
}
