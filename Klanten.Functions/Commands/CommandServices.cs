using Klanten.Functions.Hosts;

namespace Klanten.Functions.Commands;

/// <summary>Runs a command with the services of the program, without starting the server.</summary>
internal static class CommandServices
{
    /// <returns>The exit code of the command; 1 when the configuration has errors, which are printed.</returns>
    public static async Task<int> UseAsync(Func<IServiceProvider, Task<int>> run)
    {
        await using var app = KestrelHost.Build([]);
        return ConfigurationErrors.TryReport(app.Services) ? 1 : await run(app.Services);
    }
}
