using System.Diagnostics;
using System.Globalization;

namespace Klanten.Bench.Programs;

/// <summary>A program that serves HTTP, in a process of its own.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process process;

    private RunningProgram(Process process, int port)
    {
        this.process = process;
        Root = $"http://127.0.0.1:{port}";
    }

    /// <summary>Its address, without a path.</summary>
    public string Root { get; }

    /// <summary>Starts the program and waits until it answers.</summary>
    /// <param name="command">The executable and its arguments.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="environment">Added to the environment, as <c>name=value</c>.</param>
    public static async Task<RunningProgram> StartAsync(IReadOnlyList<string> command, int port, params IEnumerable<string> environment)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var setting in environment)
        {
            var equals = setting.IndexOf('=', StringComparison.Ordinal);
            start.Environment[setting[..equals]] = setting[(equals + 1)..];
        }
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.Write(line.Data is null ? "" : line.Data + "\n");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var running = new RunningProgram(process, port);
        await running.AwaitAsync();
        return running;
    }

    /// <summary>A line of /proc/PID/status in MB, such as <c>VmRSS</c> (resident) or <c>VmHWM</c> (its highest value).</summary>
    public long Megabytes(string name)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Makes <c>VmHWM</c> start again from the present value (proc(5), clear_refs).</summary>
    public void ResetPeak() => File.WriteAllText($"/proc/{process.Id}/clear_refs", "5");

    /// <summary>Stops the program in order, by SIGTERM.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            using var kill = Process.Start("kill", [$"{process.Id}"]);
            await kill.WaitForExitAsync();
        }
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task AwaitAsync()
    {
        using var client = new HttpClient();
        using var limit = new CancellationTokenSource(Patience);
        while (!process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(Root), limit.Token);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50, limit.Token);
            }
        }
        throw new InvalidOperationException($"{process.StartInfo.FileName} ended with exit code {process.ExitCode}.");
    }
}
