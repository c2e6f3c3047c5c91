using System.Diagnostics;
using System.Globalization;

namespace Klanten.Bench.BadDays;

/// <summary>How long a GET of one klant takes while something else goes on: one request each few milliseconds.</summary>
internal sealed class Latency
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly List<double> milliseconds = [];
    private int failed;

    /// <summary>Asks until the work has ended, and for at least the given time.</summary>
    public static async Task<Latency> DuringAsync(ServedProgram program, Func<Task> work, TimeSpan atLeast)
    {
        var latency = new Latency();
        var started = Stopwatch.GetTimestamp();
        // The load must not delay the probe, so it runs on other threads.
        var running = Task.Run(work);
        while (!running.IsCompleted || Stopwatch.GetElapsedTime(started) < atLeast)
        {
            await latency.AskAsync(program);
            await Task.Delay(Pause);
        }
        await running;
        return latency;
    }

    public override string ToString()
    {
        milliseconds.Sort();
        var failures = failed > 0 ? $", {failed} failed" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {At(0.5):N1} ms, p99 {At(0.99):N1} ms, max {milliseconds[^1]:N1} ms ({milliseconds.Count} reads{failures})");
    }

    private double At(double part) => milliseconds[(int)Math.Ceiling(part * (milliseconds.Count - 1))];

    private async Task AskAsync(ServedProgram program)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await program.Client.GetAsync(program.Klant);
            failed += answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            failed++;
        }
        milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }
}
