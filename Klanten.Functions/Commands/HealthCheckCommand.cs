using System.CommandLine;

namespace Klanten.Functions.Commands;

/// <summary><c>healthcheck --url URL</c>: checks the health of a running program; for containers, whose image has no curl.</summary>
internal static class HealthCheckCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var url = new Option<string>("--url") { Description = "Address that answers 2xx when the program is healthy.", Required = true };
        var command = new Command("healthcheck", "Exit with 0 when a running program is healthy, else with 1.") { url };
        command.SetAction(async (result, cancellationToken) =>
        {
            using var client = new HttpClient { Timeout = Timeout };
            try
            {
                using var response = await client.GetAsync(result.GetRequiredValue(url), cancellationToken);
                result.InvocationConfiguration.Output.WriteLine((int)response.StatusCode);
                return response.IsSuccessStatusCode ? 0 : 1;
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                result.InvocationConfiguration.Error.WriteLine("no answer");
                return 1;
            }
        });
        return command;
    }
}
