using System.CommandLine;

namespace Klanten.Functions.Commands;

/// <summary><c>healthcheck --url URL</c>: checks the health of a running program; for containers, whose image has no curl.</summary>
internal static class HealthCheckCommand
{
    public static Command Create(CommandLanguage language)
    {
        var command = new DocumentedCommand(
            "healthcheck", Texts.HealthCheck, "--url http://127.0.0.1:7071/healthz/ready", language);
        var url = command.AddText("--url", Texts.HealthCheckUrl, isRequired: true);
        return command.Runs((result, console, cancellationToken) =>
            HealthCheck.RunAsync(result.GetRequiredValue(url), console, cancellationToken));
    }
}
