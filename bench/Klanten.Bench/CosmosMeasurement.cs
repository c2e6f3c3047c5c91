using System.Diagnostics;
using System.Globalization;
using Klanten.Functions.Storage;
using Klanten.Functions.Storage.Cosmos;
using Klanten.Functions.Telemetry;
using Microsoft.Extensions.DependencyInjection;

namespace Klanten.Bench;

/// <summary>
/// What each operation of the store asks of a Cosmos server, and how much of its time is ours: all but the wait for the
/// server. One operation at a time, in a container of its own.
/// </summary>
internal static class CosmosMeasurement
{
    private const int WarmUps = 2;
    private const int Rounds = 5;

    /// <summary>Times that an operation is done in a round.</summary>
    private const int Times = 30;

    /// <summary>An operation, done once.</summary>
    private readonly record struct Sample(WireUse Use, TimeSpan Time)
    {
        public double Ours => (Time - Use.Wait).TotalMicroseconds;

        public double Share => Ours / Time.TotalMicroseconds;
    }

    public static async Task MeasureAsync(string connectionString)
    {
        // The SDK plans queries itself then, which the local server cannot. It looks once, at its first client.
        Environment.SetEnvironmentVariable("AZURE_COSMOS_USE_QUERY_PLAN_INTEROP_LINUX", "True");
        var options = new CosmosOptions { ConnectionString = connectionString, Database = "klanten-bench", Container = $"bench-{Guid.NewGuid():N}", Gateway = true };
        await using var services = new ServiceCollection().AddLogging().AddMetrics().AddSingleton(TimeProvider.System).AddSingleton<KlantenMetrics>().AddSingleton<CosmosMetrics>().BuildServiceProvider();
        using var wire = new CosmosWire();
        var client = CosmosClients.ClientOptions(options);
        client.HttpClientFactory = () => new(wire, disposeHandler: false);
        using var cosmos = CosmosClients.Create(options, client);
        await ContainerDefinition.CreateAsync(cosmos, options, default);
        var container = cosmos.GetContainer(options.Database, options.Container);
        try
        {
            var access = new CosmosAccess(container, services.GetRequiredService<CosmosMetrics>());
            var signal = new OutboxSignal();
            var operations = new CosmosOperations(new(access, signal), new(access, signal), container);
            await Console.Error.WriteLineAsync($"filling the container with {CosmosOperations.Klanten} klanten");
            await operations.OpenAsync(new Progress<int>());
            Write(operations.All, await RunAsync(operations, wire));
        }
        finally
        {
            await container.DeleteContainerAsync();
        }
    }

    /// <summary>The samples of each operation, by round; operations take turns, so that a slow moment hits all alike.</summary>
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

    /// <summary>One line that is written anew; in a file one a round.</summary>
    private static void Report(int round, string operation, int done, int all, TimeSpan elapsed)
    {
        var left = done == 0 ? TimeSpan.Zero : elapsed / done * (all - done);
        var line = $"[{100 * done / all,3}%] {(round > 0 ? $"round {round} of {Rounds}" : "warming up")}, {operation}, about {left.TotalSeconds:F0} s left";
        if (!Console.IsErrorRedirected) Console.Error.Write($"\r\u001b[K{line}");
        else if (done % (all / (WarmUps + Rounds)) == 0) Console.Error.WriteLine(line);
    }

    private static void Write(IEnumerable<CosmosOperation> operations, Dictionary<string, List<Sample[]>> samples)
    {
        Console.WriteLine("| operation | requests | bodies out | bodies in | wire out | wire in | time, µs | wait, µs | ours, µs | lowest to highest round | ours |");
        Console.WriteLine("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
        foreach (var operation in operations)
        {
            var rounds = samples[operation.Name];
            double Median(Func<Sample, double> figure) => CosmosMeasurement.Median(rounds.Select(round => CosmosMeasurement.Median(round.Select(figure))));
            var ours = rounds.ConvertAll(round => CosmosMeasurement.Median(round.Select(sample => sample.Ours)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {operation.Name} | {Median(s => s.Use.Requests):0.#} | {Median(s => s.Use.BodyOut):N0} | {Median(s => s.Use.BodyIn):N0} | {Median(s => s.Use.WireOut):N0} | {Median(s => s.Use.WireIn):N0} | {Median(s => s.Time.TotalMicroseconds):N0} | {Median(s => s.Use.Wait.TotalMicroseconds):N0} | {Median(s => s.Ours):N0} | {ours.Min():N0} to {ours.Max():N0} | {Median(s => s.Share):P0} |"));
        }
    }

    private static double Median(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
