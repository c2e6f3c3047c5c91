using Klanten.Functions.Hosts;
using Klanten.Functions.Storage;

namespace Klanten.Functions.Commands;

/// <summary>Runs a command with the services of the program, without starting the server.</summary>
internal static class CommandServices
{
    /// <returns>
    /// The exit code of the command; 1 when the configuration has errors or the store is refused, which is printed.
    /// </returns>
    public static async Task<int> UseAsync(Func<IServiceProvider, Task<int>> run)
    {
        await using var app = KestrelHost.Build([]);
        if (ConfigurationErrors.TryReport(app.Services))
        {
            return 1;
        }
        try
        {
            return await run(app.Services);
        }
        catch (StoreRefusedException refusal)
        {
            await Console.Error.WriteLineAsync(refusal.Message);
            return 1;
        }
    }
}
