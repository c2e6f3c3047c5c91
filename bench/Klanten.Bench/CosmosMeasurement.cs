using System.Diagnostics;
using System.Globalization;
using Klanten.Bench.Load;
using Klanten.Functions.Storage;
using Klanten.Functions.Storage.Cosmos;
using Klanten.Functions.Storage.Cosmos.Documents;
using Klanten.Functions.Storage.Cosmos.Requests;
using Klanten.Functions.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Klanten.Bench;

/// <summary>
/// Measures what each operation of the store asks of a Cosmos server, and which part of its time is ours: all but the wait for
/// the server. Operations run one at a time, in a new container.
/// </summary>
internal static class CosmosMeasurement
{
    private const int WarmUps = 2;
    private const int Rounds = 5;

    /// <summary>How often an operation is repeated in a round.</summary>
    private const int Times = 30;

    /// <summary>The measurement of an operation that ran once.</summary>
    private readonly record struct Sample(WireUse Use, TimeSpan Time)
    {
        public double Ours => (Time - Use.Wait).TotalMicroseconds;

        public double Share => Ours / Time.TotalMicroseconds;
    }

    /// <summary>On the Cosmos server of the tests, which needs Node.js.</summary>
    /// <param name="repository">The root of this checkout.</param>
    public static async Task MeasureOwnAsync(string repository)
    {
        var workshop = new Workshop(repository, Path.Combine(repository, "artifacts/bench"));
        await workshop.BuildTestsAsync();
        var start = new ProcessStartInfo("dotnet", [workshop.Tests, "cosmos-proxy", "0"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var server = Process.Start(start)!;
        await MeasureAsync(await server.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start."));
        // It ends with its standard input.
        server.StandardInput.Close();
        await server.WaitForExitAsync();
    }

    /// <param name="connectionString">Of any server; a container is made and removed.</param>
    public static async Task MeasureAsync(string connectionString)
    {
        // Makes the SDK plan queries in the process, because the local server has no query plans. The SDK reads the variable once,
        // when the first client is created.
        Environment.SetEnvironmentVariable("AZURE_COSMOS_USE_QUERY_PLAN_INTEROP_LINUX", "True");
        var options = new CosmosOptions
        {
            ConnectionString = connectionString,
            Database = "klanten-bench",
            Container = $"bench-{Guid.NewGuid():N}",
            Gateway = true,
        };
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<KlantenMetrics>()
            .AddSingleton<CosmosMetrics>()
            .BuildServiceProvider();
        using var wire = new CosmosWire();
        var client = CosmosClients.ClientOptions(options);
        client.HttpClientFactory = () => new(wire, disposeHandler: false);
        using var cosmos = CosmosClients.Create(options, client);
        await ContainerDefinition.CreateAsync(cosmos, options, default);
        var container = cosmos.GetContainer(options.Database, options.Container);
        try
        {
            var writeRegion = new WriteRegion(cosmos, oneAddress: true, services.GetRequiredService<ILogger<WriteRegion>>());
            var access = new CosmosAccess(container, services.GetRequiredService<CosmosMetrics>(), writeRegion);
            var committed = new CommittedPartitions(new OutboxSignal());
            var operations = new CosmosOperations(new(access, committed), new(access, committed), container);
            await Console.Error.WriteLineAsync($"filling the container with {CosmosOperations.Klanten} klanten");
            await operations.OpenAsync();
            Write(operations.All, await RunAsync(operations, wire));
        }
        finally
        {
            await container.DeleteContainerAsync();
        }
    }

    /// <summary>The samples of each operation, by round. Operations alternate, so that a slow moment affects all of them.</summary>
    private static async Task<Dictionary<string, List<Sample[]>>> RunAsync(CosmosOperations operations, CosmosWire wire)
    {
        var samples = operations.All.ToDictionary(operation => operation.Name, _ => new List<Sample[]>());
        var (clock, done, all) = (Stopwatch.StartNew(), 0, (WarmUps + Rounds) * operations.All.Count);
        for (var round = 1 - WarmUps; round <= Rounds; round++)
        {
            foreach (var operation in operations.All)
            {
                Report(round, operation.Name, done++, all, clock.Elapsed);
                var taken = new Sample[Times];
                for (var i = 0; i < Times; i++) taken[i] = await OnceAsync(operation, wire);
                if (round > 0) samples[operation.Name].Add(taken);
                await operations.TidyAsync();
            }
        }
        if (!Console.IsErrorRedirected) await Console.Error.WriteLineAsync();
        return samples;
    }

    private static async Task<Sample> OnceAsync(CosmosOperation operation, CosmosWire wire)
    {
        var run = await operation.PrepareAsync();
        wire.Reset();
        var begun = Stopwatch.GetTimestamp();
        await run();
        var time = Stopwatch.GetElapsedTime(begun);
        return new(wire.Read(), time);
    }

    /// <summary>Writes progress: on a terminal one line that is overwritten, in a file one line for each round.</summary>
    private static void Report(int round, string operation, int done, int all, TimeSpan elapsed)
    {
        var left = done == 0 ? TimeSpan.Zero : elapsed / done * (all - done);
        var phase = round > 0 ? $"round {round} of {Rounds}" : "warming up";
        var line = $"[{100 * done / all,3}%] {phase}, {operation}, about {left.TotalSeconds:F0} s left";
        if (!Console.IsErrorRedirected) Console.Error.Write($"\r\u001b[K{line}");
        else if (done % (all / (WarmUps + Rounds)) == 0) Console.Error.WriteLine(line);
    }

    private static void Write(IEnumerable<CosmosOperation> operations, Dictionary<string, List<Sample[]>> samples)
    {
        Console.WriteLine(
            "| operation | requests | bodies out | bodies in | wire out | wire in "
            + "| time, µs | wait, µs | ours, µs | lowest to highest round | ours |");
        Console.WriteLine("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
        foreach (var operation in operations)
        {
            var rounds = samples[operation.Name];
            double Median(Func<Sample, double> figure) =>
                CosmosMeasurement.Median(rounds.Select(round => CosmosMeasurement.Median(round.Select(figure))));
            var ours = rounds.ConvertAll(round => CosmosMeasurement.Median(round.Select(sample => sample.Ours)));
            string[] cells =
            [
                operation.Name,
                Format($"{Median(s => s.Use.Requests):0.#}"),
                Format($"{Median(s => s.Use.BodyOut):N0}"),
                Format($"{Median(s => s.Use.BodyIn):N0}"),
                Format($"{Median(s => s.Use.WireOut):N0}"),
                Format($"{Median(s => s.Use.WireIn):N0}"),
                Format($"{Median(s => s.Time.TotalMicroseconds):N0}"),
                Format($"{Median(s => s.Use.Wait.TotalMicroseconds):N0}"),
                Format($"{Median(s => s.Ours):N0}"),
                Format($"{ours.Min():N0} to {ours.Max():N0}"),
                Format($"{Median(s => s.Share):P0}"),
            ];
            Console.WriteLine($"| {string.Join(" | ", cells)} |");
        }
    }

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
