using System.Diagnostics;
using Klanten.Bench.Programs;

namespace Klanten.Bench.Load;

/// <summary>Publishes the programs that are measured, fills their stores, and starts them.</summary>
/// <param name="repository">The root of this checkout.</param>
/// <param name="folder">Where programs and stores are; a store that is there is used again.</param>
/// <param name="publishArguments">Added to <c>dotnet publish</c>, the same for both sides of a comparison.</param>
internal sealed class Workshop(string repository, string folder, params IReadOnlyList<string> publishArguments)
{
    /// <summary>This checkout.</summary>
    public const string This = "app";

    /// <summary>The revision that it is compared with.</summary>
    public const string Base = "base";

    private const int CeilingPort = 7180;

    public string Folder => folder;

    /// <summary>The program of this checkout.</summary>
    public string Program => In($"{This}/Klanten.Functions.dll");

    /// <summary>The tests of this checkout.</summary>
    public string Tests => InRepository("Klanten.Tests/bin/Release/net10.0/Klanten.Tests.dll");

    /// <summary>Where the program of this checkout listens; a second one listens at the next port, and so on.</summary>
    public static int Port => CeilingPort + 1;

    public async Task PublishAsync()
    {
        Directory.CreateDirectory(Folder);
        await PublishAsync(repository, This);
        await DotnetAsync("publish", InRepository("bench/Klanten.Ceiling"), "-c", "Release", "-o", In("ceiling"));
    }

    /// <summary>Publishes the other revision from a worktree of its own.</summary>
    public async Task PublishBaseAsync(string revision)
    {
        var source = In("base-source");
        await RunAsync("git", "-C", repository, "worktree", "add", "-q", "--force", "--detach", source, revision);
        try
        {
            await PublishAsync(source, Base);
        }
        finally
        {
            await RunAsync("git", "-C", repository, "worktree", "remove", "--force", source);
        }
    }

    /// <summary>The tests, which have a Functions host.</summary>
    public Task BuildTestsAsync() => DotnetAsync("build", InRepository("Klanten.Tests"), "-c", "Release");

    /// <summary>Makes a store with this number of klanten, unless it was made before; returns its path.</summary>
    public async Task<string> SeedAsync(int klanten, string name, string side = This, int bronorganisaties = 20)
    {
        var store = In($"{name}.db");
        if (File.Exists(store + ".done")) return store;
        Remove(store);
        var started = Stopwatch.GetTimestamp();
        string[] command = [In($"{side}-seed/Klanten.Seed.dll"), "--aantal", $"{klanten}", "--bronorganisaties", $"{bronorganisaties}"];
        await RunAsync(new ProcessStartInfo("dotnet", command)
        {
            Environment = { ["Klanten__Sqlite__Pad"] = store },
        });
        Console.Error.WriteLine($"{name}: {klanten / Stopwatch.GetElapsedTime(started).TotalSeconds:N0} klanten a second");
        await File.WriteAllTextAsync(store + ".done", "");
        return store;
    }

    /// <summary>A copy that a measurement may change, on the disk before the first write, which would wait for it.</summary>
    public async Task<string> CopyAsync(string store, string name = "copy")
    {
        var copy = In($"{name}.db");
        Remove(copy);
        await RunAsync("cp", store, copy);
        await RunAsync("sync", copy);
        return copy;
    }

    public void RemoveCopy(string name = "copy") => Remove(In($"{name}.db"));

    public Task<ServedProgram> ServeAsync(string store, int port, string side = This, params string[] arguments) =>
        ServedProgram.StartAsync(In($"{side}/Klanten.Functions.dll"), store, port, arguments);

    public Task<ServedProgram> ServeUnderHostAsync(string store) =>
        ServedProgram.StartUnderHostAsync(Tests, In(This), store, Port);

    /// <summary>The ceiling: Kestrel and nothing else, which sends the answer that the program gave to this request.</summary>
    public async Task<RunningProgram> ServeCeilingAsync(ServedProgram served, string path)
    {
        var answer = In("answer");
        using var sent = await served.Client.GetAsync(new Uri(served.Root + path));
        await File.WriteAllBytesAsync(answer + ".body", await sent.Content.ReadAsByteArrayAsync());
        await File.WriteAllLinesAsync(
            answer + ".headers",
            sent.Headers.Concat(sent.Content.Headers).Select(header => $"{header.Key}: {string.Join(", ", header.Value)}"));
        return await RunningProgram.StartAsync(
            ["dotnet", In("ceiling/Klanten.Ceiling.dll"), $"http://127.0.0.1:{CeilingPort}", answer], CeilingPort);
    }

    private async Task PublishAsync(string source, string side)
    {
        await DotnetAsync(
            ["publish", Path.Combine(source, "Klanten.Functions"), "-c", "Release", "-o", In(side), .. publishArguments]);
        await DotnetAsync("build", Path.Combine(source, "tools/Klanten.Seed"), "-c", "Release", "-o", In($"{side}-seed"));
    }

    private string In(string name) => Path.Combine(Folder, name);

    private string InRepository(string path) => Path.Combine(repository, path);

    private void Remove(string store)
    {
        foreach (var file in Directory.EnumerateFiles(Folder, Path.GetFileName(store) + "*")) File.Delete(file);
    }

    private static Task DotnetAsync(params string[] arguments) => RunAsync("dotnet", arguments);

    private static Task RunAsync(string file, params string[] arguments) => RunAsync(new ProcessStartInfo(file, arguments));

    /// <summary>What it prints is shown when it fails.</summary>
    private static async Task RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        var output = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        if (process.ExitCode == 0) return;
        var command = string.Join(' ', start.ArgumentList.Prepend(start.FileName));
        throw new InvalidOperationException($"{command}: {string.Concat(output)}");
    }
}
