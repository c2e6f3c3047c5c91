using System.Diagnostics.CodeAnalysis;
using Klanten.Tests.Storage.Cosmos;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace Klanten.Tests;

/// <summary>
/// Runs the tests, as the entry point does that xunit would generate; or, asked for <c>cosmos-proxy PORT</c>, serves the
/// Cosmos DB of the tests to a program of your own, until its standard input ends.
/// </summary>
[SuppressMessage("Design", "CA1052", Justification = "The program's entry point.")]
internal sealed class TestProgram
{
    private static async Task<int> Main(string[] args)
    {
        if (args is ["cosmos-proxy", var port]) return await ServeAsync(int.Parse(port, System.Globalization.CultureInfo.InvariantCulture));
        return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }

    private static async Task<int> ServeAsync(int port)
    {
        await using var server = await CosmosServer.StartAsync(port, CancellationToken.None);
        Console.WriteLine(server.ConnectionString);
        await Console.In.ReadToEndAsync();
        return 0;
    }
}
