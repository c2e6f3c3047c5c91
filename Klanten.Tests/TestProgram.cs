using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;
using Klanten.Tests.Hosting.FunctionsHost;
using Klanten.Tests.Hosting.FunctionsHost.Protocol;
using Klanten.Tests.Storage.Cosmos;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Klanten.Tests;

/// <summary>
/// Runs the tests, as the entry point does that xunit would generate. Asked for <c>cosmos-proxy PORT</c>, it serves the Cosmos
/// DB of the tests to another program; asked for <c>functions-host FOLDER PORT</c>, it serves a published folder as the
/// tests' Functions host does, with the environment as the app's settings. Both end when their standard input is closed; the host
/// also ends in order on SIGTERM.
/// </summary>
[SuppressMessage("Design", "CA1052", Justification = "The program's entry point.")]
internal sealed class TestProgram
{
    private static async Task<int> Main(string[] args)
    {
        if (args is ["cosmos-proxy", var cosmosPort]) return await ServeCosmosAsync(Number(cosmosPort));
        if (args is ["functions-host", var folder, var port]) return await ServeFunctionsAsync(Path.GetFullPath(folder), Number(port));
        return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync([.. args, .. ChosenClasses()], SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }

    /// <summary>The classes that scripts/mutation.sh chooses: the tool that mutates hands no filter on to the tests.</summary>
    private static IEnumerable<string> ChosenClasses() =>
        Environment.GetEnvironmentVariable("KLANTEN_TEST_CLASSES") is { Length: > 0 } classes
            ? ["--filter-class", .. classes.Split(' ')]
            : [];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<int> ServeCosmosAsync(int port)
    {
        await using var server = await CosmosServer.StartAsync(port, CosmosAccount.PhysicalPartitions, CancellationToken.None);
        Console.WriteLine(server.ConnectionString);
        await Console.In.ReadToEndAsync();
        return 0;
    }

    private static async Task<int> ServeFunctionsAsync(string folder, int port)
    {
        // A program that a test starts does not inherit settings; here the caller's are what it is started with.
        var settings = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => ((string)variable.Key).StartsWith("Klanten__", StringComparison.Ordinal))
            .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value);
        await using var host = await FunctionsHostDouble.StartAsync(folder, settings, port: port);
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            stop.TrySetResult();
        });
        Console.WriteLine(host.BaseAddress);
        await Task.WhenAny(stop.Task, Task.Run(Console.In.ReadToEnd));
        var end = await host.StopAsync();
        var failed = host.Invocations.Count(invocation => invocation.Status == StatusResult.Types.Status.Failure);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{host.Invocations.Count} invocations, {failed} failed; {end}"));
        return failed == 0 ? 0 : 1;
    }
}
