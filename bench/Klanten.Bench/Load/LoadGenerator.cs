using System.Diagnostics;
using System.Globalization;

namespace Klanten.Bench.Load;

/// <summary>Runs wrk with one thread, on requests that were made beforehand (bench/request.lua).</summary>
/// <param name="script">The path of request.lua.</param>
internal sealed class LoadGenerator(string script)
{
    private const string Result = "RESULT ";

    /// <param name="list">The URL of the list of klanten.</param>
    /// <param name="token">Sent with each request.</param>
    /// <param name="kind"><c>get</c>, <c>post</c> or <c>patch</c>.</param>
    /// <param name="requests">The file with the requests.</param>
    /// <param name="connections">How many requests are made at a time.</param>
    /// <param name="seconds">For how long.</param>
    /// <exception cref="InvalidOperationException">A request failed, or had an error status.</exception>
    public async Task<LoadFigure> RunAsync(string list, string token, string kind, string requests, int connections, int seconds)
    {
        var start = new ProcessStartInfo("wrk", ["-t1", $"-c{connections}", $"-d{seconds}s", "-s", script, list, "--", kind, requests])
        {
            RedirectStandardOutput = true,
            Environment = { ["TOKEN"] = token },
        };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        var line = output.Split('\n').FirstOrDefault(line => line.StartsWith(Result, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"wrk ended with {process.ExitCode}: {output}");
        var figures = line[Result.Length..].Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return figures is [var rate, var p50, var p99, 0]
            ? new(rate, p50, p99)
            : throw new InvalidOperationException($"{figures[3]} of the requests in {requests} failed.");
    }
}
