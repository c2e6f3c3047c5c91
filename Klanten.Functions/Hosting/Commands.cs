using System.CommandLine;

namespace Klanten.Functions.Hosting;

/// <summary>What the program does besides serving: one subcommand each.</summary>
internal static class Commands
{
    /// <summary>Made when asked for only: a program that is to serve must not spend its start on them.</summary>
    private static readonly Dictionary<string, Func<WebApplication, Command>> All = new(StringComparer.Ordinal)
    {
        ["token"] = app => TokenCommand.Create(app.Services),
        ["seed"] = app => SeedCommand.Create(app.Services),
        ["kanaal-registreren"] = app => NotificatieCommands.RegisterKanaal(app.Services),
        ["notificaties-hervatten"] = app => NotificatieCommands.Resume(app.Services),
        ["functions-metadata"] = FunctionsMetadataCommand.Create,
        ["cosmos-container"] = _ => CosmosContainerCommand.Create(),
        ["healthcheck"] = _ => HealthCheckCommand.Create(),
    };

    /// <summary>Runs the subcommand that was asked for; null when none was, and the program is to serve.</summary>
    public static async Task<int?> RunAsync(WebApplication app, string[] args)
    {
        if (args is not [var name, ..] || !All.ContainsKey(name)) return null;
        var root = new RootCommand("Klanten API");
        foreach (var create in All.Values) root.Add(create(app));
        return await root.Parse(args).InvokeAsync();
    }
}
