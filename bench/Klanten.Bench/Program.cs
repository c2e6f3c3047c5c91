// To be run in the root of the checkout. usage:
//   Klanten.Bench [--filter …]           the steps of a request, with BenchmarkDotNet
//   Klanten.Bench load [PART …]          the program as a whole; --help lists the parts and options
//   Klanten.Bench bad-days               memory, and the latency of a GET, while the program is attacked; only root measures a silent DNS
//   Klanten.Bench bad-days PROGRAM.dll CASE …
//   Klanten.Bench cosmos [CONNECTION]    requests, bytes and time of each operation on a Cosmos server, by default that of the tests
//   Klanten.Bench allocation STORE       bytes allocated by one GET of a klant, Kestrel included

using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Klanten.Bench;
using Klanten.Bench.BadDays;
using Klanten.Bench.Load;

var repository = Directory.GetCurrentDirectory();
switch (args)
{
    case ["load", .. var load]:
        return await LoadCommand.Create().Parse(load).InvokeAsync();
    case ["bad-days"]:
        await BadDaysCommand.RunAsync(repository);
        return 0;
    case ["bad-days", var program, .. var cases]:
        await BadDays.RunAsync(program, cases);
        return 0;
    case ["cosmos"]:
        await CosmosMeasurement.MeasureOwnAsync(repository);
        return 0;
    case ["cosmos", var connection]:
        await CosmosMeasurement.MeasureAsync(connection);
        return 0;
    case ["allocation", var store]:
        await Allocation.MeasureAsync(store);
        return 0;
    default:
        // In this process, because BenchmarkDotNet's generated project would lack the central package versions.
        var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithIterationCount(5).WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkSwitcher.FromAssembly(typeof(Pieces).Assembly).Run(args.Length > 0 ? args : ["--filter", "*"], config);
        return 0;
}
