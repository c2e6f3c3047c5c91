using System.Diagnostics;
using Klanten.Bench.Programs;
using Klanten.Functions.Storage.Sqlite;

namespace Klanten.Bench.Load;

/// <summary>The resident set at rest and under load, and what a GET allocates.</summary>
internal sealed class MemoryPart(Workshop workshop) : ILoadPart
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    /// <summary>By then sessions that nothing uses are closed.</summary>
    private static readonly TimeSpan LongRest = 2.5 * SqliteReaders.Idleness;

    public double Estimate => 35;

    public async Task<IEnumerable<string>> RunAsync(Measurement measurement)
    {
        var store = await workshop.SeedAsync(GoalsPart.Klanten, $"{GoalsPart.Klanten}");
        Requests requests;
        await using (var first = await workshop.ServeAsync(store, Workshop.Port))
        {
            requests = await Requests.MakeAsync(first, GoalsPart.Klanten, workshop.Folder, "memory");
        }
        var lines = new List<string> { "| memory | |", "| --- | --- |" };
        await using (var served = await workshop.ServeAsync(store, Workshop.Port))
        {
            await Task.Delay(Rest);
            lines.Add($"| at rest | {Resident(served)} |");
            await measurement.WarmAsync(served.Root, served.Token, "get", requests.Get, 6);
            lines.Add($"| after 6 s of GETs | {Resident(served)} |");
            await measurement.WarmAsync(served.Root, served.Token, "get", requests.OtherPages, 4);
            lines.Add($"| after 4 s of list pages | {Resident(served)} |");
            await Task.Delay(LongRest);
            lines.Add($"| {LongRest.TotalSeconds:0} s later | {Resident(served)} |");
        }
        lines.Add($"| allocation per GET | {await AllocationAsync(store)} |");
        return lines;
    }

    /// <summary>
    /// Anonymous memory is what the program itself uses; the rest is the database file and the program's code, which the system takes back
    /// when it needs to.
    /// </summary>
    public static string Resident(ServedProgram served) =>
        $"{served.Process.Megabytes("VmRSS")} MB, {served.Process.Megabytes("RssAnon")} MB of its own";

    /// <summary>In a process of its own, because the program runs within the one that measures.</summary>
    private static async Task<string> AllocationAsync(string store)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["allocation", store]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return answer.Trim().Split('\n')[^1];
    }
}
