using System.Collections.Concurrent;
using System.Diagnostics;

namespace Klanten.Tests.Hosting.Support;

/// <summary>The built program in a process of its own.</summary>
internal sealed class KlantenProgram : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly Process process;
    private readonly ConcurrentQueue<string> lines = [];
    private readonly TaskCompletionSource<string> root = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private KlantenProgram(string folder, IReadOnlyDictionary<string, string?> settings, string[] args)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var arg in new[] { "exec", Path.Combine(AppContext.BaseDirectory, "Klanten.Functions.dll") }.Concat(args)) start.ArgumentList.Add(arg);
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToArray()) start.Environment.Remove(name);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = start.Environment["DOTNET_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        foreach (var (key, value) in settings) start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public string Root => root.Task.Result;

    /// <summary>All that it wrote to the console.</summary>
    public string Output => string.Join('\n', lines);

    /// <summary>Starts it; returns once it listens.</summary>
    public static async Task<KlantenProgram> StartAsync(string folder, IReadOnlyDictionary<string, string?> settings)
    {
        var program = new KlantenProgram(folder, settings, []);
        var ended = program.process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (await Task.WhenAny(program.root.Task, ended) == ended) Assert.Fail($"The program ended at its start: {program.Output}");
        return program;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, IReadOnlyDictionary<string, string?> settings, params string[] args)
    {
        await using var program = new KlantenProgram(folder, settings, args);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        await program.process.WaitForExitAsync(limit.Token);
        return (program.process.ExitCode, program.Output);
    }

    /// <summary>Ends it as a machine that fails would: without a word (SIGKILL).</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited) await KillAsync();
        process.Dispose();
    }

    private static bool IsOurs(string name) =>
        name.StartsWith("OTEL_", StringComparison.Ordinal) || name.StartsWith("APPLICATIONINSIGHTS_", StringComparison.Ordinal)
        || name.StartsWith("Klanten", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ASPNETCORE_", StringComparison.Ordinal);

    private void Take(string? line)
    {
        if (line is null) return;
        lines.Enqueue(line);
        var at = line.IndexOf(Listening, StringComparison.Ordinal);
        if (at >= 0) root.TrySetResult(line[(at + Listening.Length)..].Trim());
    }
}
