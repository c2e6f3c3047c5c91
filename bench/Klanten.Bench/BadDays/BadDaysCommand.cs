using System.Diagnostics;
using Klanten.Bench.Load;

namespace Klanten.Bench.BadDays;

/// <summary>Publishes the program and runs its bad days; a silent DNS in a network of its own, which only root can make.</summary>
internal static class BadDaysCommand
{
    /// <param name="repository">The root of this checkout.</param>
    public static async Task RunAsync(string repository)
    {
        var workshop = new Workshop(repository, Path.Combine(repository, "artifacts/bench"));
        await workshop.PublishAsync();
        await BadDays.RunAsync(workshop.Program, []);
        if (!Environment.IsPrivilegedProcess)
        {
            Console.Error.WriteLine("not root: a silent DNS is not measured");
            return;
        }
        await RunInNetworkAsync(workshop, [Environment.ProcessPath!, "bad-days", workshop.Program, "dns"]);
    }

    /// <summary>In a network without another host, whose DNS server is the measuring program.</summary>
    private static async Task RunInNetworkAsync(Workshop workshop, string[] command)
    {
        const string Script = "ip link set lo up; mount --bind \"$0\" /etc/resolv.conf; exec \"$@\"";
        var servers = Path.Combine(workshop.Folder, "resolv.conf");
        await File.WriteAllTextAsync(servers, "nameserver 127.0.0.1\n");
        using var process = Process.Start("unshare", ["--net", "--mount", "bash", "-c", Script, servers, .. command]);
        await process.WaitForExitAsync();
    }
}
