using System.Diagnostics;
using System.Globalization;

namespace Klanten.Bench.Programs;

/// <summary>How long a GET of one klant takes while something else goes on: one request each few milliseconds.</summary>
internal sealed class Latency
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly List<double> milliseconds = [];
    private int failed;

    /// <summary>Asks until the work has ended, and for at least the given time.</summary>
    /// <param name="client">Asks.</param>
    /// <param name="klanten">The URLs that are asked, in turn.</param>
    /// <param name="work">What goes on meanwhile.</param>
    /// <param name="atLeast">The time.</param>
    public static async Task<Latency> DuringAsync(HttpClient client, IReadOnlyList<string> klanten, Func<Task> work, TimeSpan atLeast)
    {
        var latency = new Latency();
        var started = Stopwatch.GetTimestamp();
        // The load must not delay the probe, so it runs on other threads.
        var running = Task.Run(work);
        while (!running.IsCompleted || Stopwatch.GetElapsedTime(started) < atLeast)
        {
            await latency.AskAsync(client, klanten[latency.milliseconds.Count % klanten.Count]);
            await Task.Delay(Pause);
        }
        await running;
        return latency;
    }

    public override string ToString()
    {
        var failures = failed > 0 ? $", {failed} failed" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {At(0.5):N1} ms, p99 {At(0.99):N1} ms, max {At(1):N1} ms ({milliseconds.Count} reads{failures})");
    }

    /// <summary>The time in ms that this part of the requests took at most.</summary>
    public double At(double part)
    {
        milliseconds.Sort();
        return milliseconds[(int)Math.Ceiling(part * (milliseconds.Count - 1))];
    }

    private async Task AskAsync(HttpClient client, string klant)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await client.GetAsync(klant);
            failed += answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            failed++;
        }
        milliseconds.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }
}
