using System.CommandLine;

namespace Klanten.Functions.Hosting;

/// <summary>What the program does besides serving: one subcommand each.</summary>
internal static class Commands
{
    /// <summary>Runs the subcommand that was asked for; null when none was, and the program is to serve.</summary>
    public static async Task<int?> RunAsync(WebApplication app, string[] args)
    {
        Command[] commands = [TokenCommand.Create(app.Services), NotificatieCommands.RegisterKanaal(app.Services), NotificatieCommands.Resume(app.Services)];
        if (args is not [var name, ..] || !commands.Any(c => c.Name == name)) return null;
        var root = new RootCommand("Klanten API");
        foreach (var command in commands) root.Add(command);
        return await root.Parse(args).InvokeAsync();
    }
}
