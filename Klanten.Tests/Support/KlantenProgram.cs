namespace Klanten.Tests.Support;

/// <summary>The built program in a process of its own.</summary>
internal sealed class KlantenProgram : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ChildProcess process;
    private readonly TaskCompletionSource<string> root = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private KlantenProgram(string folder, IReadOnlyDictionary<string, string?> settings, string[] args, int? descriptors = null,
        bool onTerminal = false, string? redirection = null)
    {
        var environment = new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["LC_ALL"] = "en",
        };
        foreach (var (key, value) in settings) environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var dll = Path.Combine(AppContext.BaseDirectory, "Klanten.Functions.dll");
        // A test run in the background of a shell ignores some signals, and the program would too.
        string[] command = ["env", "--default-signal", dotnet, "exec", dll, .. args];
        if (descriptors is not null) command = ["sh", "-c", $"ulimit -n {descriptors}; exec \"$@\"", "sh", .. command];
        if (redirection is not null) command = ["sh", "-c", $"exec \"$@\" {redirection}", "sh", .. command];
        if (onTerminal) command = ["script", "--quiet", "--return", "--command", string.Join(' ', command.Select(Quote)), "/dev/null"];
        process = new(command[0], command[1..], folder, environment, FindRoot);
    }

    /// <summary>Where it listens.</summary>
    public string Root => root.Task.Result;

    public bool HasExited => process.HasExited;

    public int Id => process.Id;

    /// <summary>All that it wrote to the console.</summary>
    public string Output => process.Output.TrimEnd('\n');

    /// <summary>Starts it; returns once it listens.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="settings">Its configuration.</param>
    /// <param name="descriptors">How many files and connections it may have open; null leaves it what the test run has.</param>
    /// <param name="redirection">Where its output goes, in the words of a shell: <c>2>/dev/full</c>.</param>
    public static async Task<KlantenProgram> StartAsync(
        string folder, IReadOnlyDictionary<string, string?> settings, int? descriptors = null, string? redirection = null)
    {
        var program = new KlantenProgram(folder, settings, [], descriptors, redirection: redirection);
        var ended = program.process.ExitAsync(cancellationToken: TestContext.Current.CancellationToken);
        if (await Task.WhenAny(program.root.Task, ended) == ended) Assert.Fail($"The program ended at its start: {program.Output}");
        return program;
    }

    /// <summary>Starts a command.</summary>
    public static KlantenProgram Begin(string folder, IReadOnlyDictionary<string, string?> settings, params string[] args) =>
        new(folder, settings, args);

    /// <summary>Runs it to its end.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(
        string folder, IReadOnlyDictionary<string, string?> settings, params string[] args) =>
        RunAsync(new KlantenProgram(folder, settings, args));

    /// <summary>Runs it to its end with standard output or standard error led elsewhere, as a shell does with ">/dev/full".</summary>
    public static Task<(int ExitCode, string Output)> RunRedirectedAsync(
        string folder, IReadOnlyDictionary<string, string?> settings, string redirection, params string[] args) =>
        RunAsync(new KlantenProgram(folder, settings, args, redirection: redirection));

    /// <summary>Runs it to its end on a terminal, that of script(1).</summary>
    public static Task<(int ExitCode, string Output)> RunOnTerminalAsync(
        string folder, IReadOnlyDictionary<string, string?> settings, params string[] args) =>
        RunAsync(new KlantenProgram(folder, settings, args, onTerminal: true));

    private static async Task<(int ExitCode, string Output)> RunAsync(KlantenProgram started)
    {
        await using var program = started;
        return await program.EndAsync();
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task<(int ExitCode, string Output)> EndAsync()
    {
        var exitCode = await process.ExitAsync(Patience, TestContext.Current.CancellationToken);
        return (exitCode, Output);
    }

    /// <inheritdoc cref="ChildProcess.SendAsync"/>
    public Task SendAsync(string signal) => process.SendAsync(signal);

    /// <summary>Ends it with SIGKILL, as when the machine fails.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.ExitAsync();
    }

    public ValueTask DisposeAsync()
    {
        process.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Quote(string word) => $"'{word}'";

    private void FindRoot(string line)
    {
        var at = line.IndexOf(Listening, StringComparison.Ordinal);
        if (at >= 0) root.TrySetResult(line[(at + Listening.Length)..].Trim());
    }
}
