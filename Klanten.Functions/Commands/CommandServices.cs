using Klanten.Functions.Hosts;

namespace Klanten.Functions.Commands;

/// <summary>Gives a command the services of the program, without serving.</summary>
internal static class CommandServices
{
    /// <returns>The command's exit code; 1 when the configuration has mistakes, which are printed.</returns>
    public static async Task<int> UseAsync(Func<IServiceProvider, Task<int>> run)
    {
        await using var app = KestrelHost.Build([]);
        return ConfigurationErrors.TryReport(app.Services) ? 1 : await run(app.Services);
    }
}
