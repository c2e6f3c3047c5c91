using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Klanten.Tests.Support;

/// <summary>A program that a test runs, with all that it prints.</summary>
internal sealed class ChildProcess : IDisposable
{
    /// <summary>
    /// Environment variables of the test run that would change what the program does. With those of the mutation tests for coverage it
    /// would write to the files of the test run itself.
    /// </summary>
    private static readonly string[] Removed =
        ["MSBUILD", "ASPNETCORE_", "OTEL_", "APPLICATIONINSIGHTS_", "KLANTEN", "STRYKER_COVERAGE"];

    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly Action<string>? onLine;

    /// <param name="file">The executable.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="workingDirectory">Where it runs.</param>
    /// <param name="environment">Added to the environment of the test run.</param>
    /// <param name="onLine">Called with every line that it prints.</param>
    public ChildProcess(
        string file, IEnumerable<string> arguments, string workingDirectory, IReadOnlyDictionary<string, string?>? environment = null,
        Action<string>? onLine = null)
    {
        this.onLine = onLine;
        var start = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsRemoved).ToArray()) start.Environment.Remove(name);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) start.Environment[name] = value;
        process = new() { StartInfo = start };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (output) return output.ToString();
        }
    }

    public int Id => process.Id;

    public IReadOnlyList<string> Arguments => process.StartInfo.ArgumentList;

    public bool HasExited => process.HasExited;

    public static async Task<(int ExitCode, string Output)> RunAsync(
        string file, IEnumerable<string> arguments, string workingDirectory, IReadOnlyDictionary<string, string?>? environment = null)
    {
        using var child = new ChildProcess(file, arguments, workingDirectory, environment);
        return (await child.ExitAsync(), child.Output);
    }

    /// <summary>Waits for its end, 20 minutes by default, and returns its exit code.</summary>
    public async Task<int> ExitAsync(TimeSpan? patience = null, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience ?? TimeSpan.FromMinutes(20));
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    /// <summary>Sends it a signal, such as TERM; nothing happens when it has ended.</summary>
    public Task SendAsync(string signal) =>
        RunAsync("kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)], Path.GetTempPath());

    /// <summary>SIGKILL: at once, without a warning.</summary>
    public void Kill() => process.Kill(entireProcessTree: true);

    public void Dispose()
    {
        if (!process.HasExited) Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static bool IsRemoved(string name) => Removed.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (output) output.AppendLine(line.Data);
        onLine?.Invoke(line.Data);
    }
}
