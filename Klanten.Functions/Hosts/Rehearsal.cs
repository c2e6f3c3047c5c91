using Klanten.Functions.Autorisaties;
using Klanten.Functions.Storage;
using Klanten.Functions.Storage.Sqlite;

namespace Klanten.Functions.Hosts;

/// <summary>
/// Loads and compiles what the first request needs, by doing it once: a start is that, and nearly all of it on one thread
/// (docs/performance.md). What fails here fails again where it is reported.
/// </summary>
internal static class Rehearsal
{
    /// <summary>Begins on another thread, beside which the host is built.</summary>
    /// <param name="settings">Not judged yet.</param>
    public static Task BeginAsync(IConfiguration settings) => Task.Run(async () =>
    {
        if (!nameof(Opslag.Cosmos).Equals(settings["Klanten:Opslag"], StringComparison.OrdinalIgnoreCase)) SqliteRehearsal.Run();
        await TokenRehearsal.RunAsync();
    });
}
