using System.CommandLine;
using Klanten.Functions.Hosts;

namespace Klanten.Functions.Commands;

/// <summary>
/// What the arguments ask for: a subcommand, the worker of a Functions host, or the program by itself. Decided before
/// anything is built, so that a health check builds no web application and <c>--help</c> starts no server.
/// </summary>
internal static class CommandLine
{
    /// <returns>The exit code: 0 when all went well.</returns>
    public static Task<int> RunAsync(string[] args)
    {
        if (FunctionsWorker.IsStartedByHost(args)) return FunctionsWorker.RunAsync(args);
        return AreSettings(args) ? KestrelHost.RunAsync(args) : Root().Parse(args).InvokeAsync();
    }

    private static RootCommand Root() => new("Klanten API. Without a command it serves the API; settings are given as --key=value.")
    {
        TokenCommand.Create(),
        SeedCommand.Create(),
        NotificatieCommands.RegisterKanaal(),
        NotificatieCommands.Resume(),
        CosmosContainerCommand.Create(),
        HealthCheckCommand.Create(),
    };

    /// <summary>Whether all are <c>--key=value</c> or <c>--key value</c>; no arguments are no settings, which is fine.</summary>
    private static bool AreSettings(ReadOnlySpan<string> args)
    {
        while (args is [var key, .. var rest])
        {
            if (!key.StartsWith("--", StringComparison.Ordinal)) return false;
            if (key.Contains('=', StringComparison.Ordinal)) args = rest;
            else if (rest is [_, .. var others]) args = others;
            else return false;
        }
        return true;
    }
}
