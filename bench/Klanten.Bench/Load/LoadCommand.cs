using System.CommandLine;
using Klanten.Functions.Commands;

namespace Klanten.Bench.Load;

/// <summary>Measures the program as a whole on this machine and prints one table per part.</summary>
internal static class LoadCommand
{
    private static readonly string[] Default = ["goals", "scale", "memory"];

    public static Command Create()
    {
        var parts = new Argument<string[]>("part")
        {
            Description = "goals, scale, memory, soak, compare, worker or scans; goals, scale and memory when none is named",
            Arity = ArgumentArity.ZeroOrMore,
        };
        parts.AcceptOnlyFromAmong([.. Default, "soak", "compare", "worker", "scans"]);
        var rounds = new Option<int>("--rounds") { Description = "rounds, of which the median counts", DefaultValueFactory = _ => 5 };
        var seconds = new Option<int>("--seconds") { Description = "length of one measurement", DefaultValueFactory = _ => 2 };
        var sizes = new Option<int[]>("--sizes")
        {
            Description = "numbers of klanten of the stores that are compared",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [1000, 100_000, 1_000_000],
        };
        var minutes = new Option<int>("--soak-minutes") { Description = "length of the soak", DefaultValueFactory = _ => 10 };
        var work = new Option<string>("--work")
        {
            Description = "folder for programs and stores; what it has is used again",
            DefaultValueFactory = _ => Path.GetFullPath("artifacts/bench"),
        };
        var publish = new Option<string[]>("--publish")
        {
            Description = "argument of dotnet publish, for both sides",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var revision = new Option<string?>("--base") { Description = "the revision to compare with" };
        var command = new Command("load", "Measures the program as a whole; run it in the root of the checkout.")
        {
            parts, rounds, seconds, sizes, minutes, work, publish, revision,
        };
        command.SetAction((result, _) => RunAsync(
            result.GetValue(parts) is { Length: > 0 } chosen ? chosen : Default,
            new(
                result.GetValue(rounds),
                result.GetValue(seconds),
                result.GetValue(sizes)!,
                result.GetValue(minutes),
                result.GetValue(work)!,
                result.GetValue(publish)!,
                result.GetValue(revision))));
        return command;
    }

    private static async Task RunAsync(string[] names, LoadSettings settings)
    {
        var repository = Directory.GetCurrentDirectory();
        var workshop = new Workshop(repository, settings.Work, settings.PublishArguments);
        var parts = names.Select(name => Part(name, workshop, settings)).ToArray();
        var generator = new LoadGenerator(Path.Combine(repository, "bench/request.lua"));
        Console.Error.WriteLine("publishing");
        await workshop.PublishAsync();
        foreach (var (name, part) in names.Zip(parts))
        {
            var lines = await LongWork.RunAsync(
                name, report => part.RunAsync(new(generator, settings, report, part.Estimate)));
            Console.WriteLine();
            foreach (var line in lines) Console.WriteLine(line);
        }
    }

    private static ILoadPart Part(string name, Workshop workshop, LoadSettings settings) => name switch
    {
        "goals" => new GoalsPart(workshop, settings),
        "scale" => new ScalePart(workshop, settings),
        "memory" => new MemoryPart(workshop),
        "soak" => new SoakPart(workshop, settings),
        "compare" => new ComparePart(workshop, settings),
        "worker" => new WorkerPart(workshop, settings),
        "scans" => new ScansPart(workshop, settings),
        _ => throw new ArgumentException($"There is no part {name}.", nameof(name)),
    };
}
