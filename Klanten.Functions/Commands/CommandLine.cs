using System.CommandLine;
using Klanten.Functions.Hosts;

namespace Klanten.Functions.Commands;

/// <summary>
/// Chooses by the arguments between a subcommand, the worker of a Functions host, and the program without a host. It chooses
/// before it builds anything: a health check builds no web application, and <c>--help</c> starts no server.
/// </summary>
internal static class CommandLine
{
    /// <returns>The exit code: 0 for success.</returns>
    public static Task<int> RunAsync(string[] args)
    {
        if (FunctionsWorker.IsStartedByHost(args))
        {
            return FunctionsWorker.RunAsync(args);
        }
        return AreSettings(args) ? KestrelHost.RunAsync(args) : Root().Parse(args).InvokeAsync();
    }

    private static RootCommand Root() => new("Klanten API. Without a command it serves the API; settings are given as --key=value.")
    {
        TokenCommand.Create(),
        NotificatieCommands.RegisterKanaal(),
        NotificatieCommands.List(),
        NotificatieCommands.Resume(),
        StoreCommands.Backup(),
        StoreCommands.Restore(),
        StoreCommands.Check(),
        MigrationCommands.Import(),
        MigrationCommands.Export(),
        CosmosContainerCommand.Create(),
        HealthCheckCommand.Create(),
    };

    /// <summary>Whether every argument is <c>--key=value</c> or <c>--key value</c>; true when there are none.</summary>
    private static bool AreSettings(ReadOnlySpan<string> args)
    {
        while (args is [var key, .. var rest])
        {
            if (!key.StartsWith("--", StringComparison.Ordinal))
            {
                return false;
            }
            if (key.Contains('=', StringComparison.Ordinal))
            {
                args = rest;
                continue;
            }
            if (rest is not [_, .. var others])
            {
                return false;
            }
            args = others;
        }
        return true;
    }
}
