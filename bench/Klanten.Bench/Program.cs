// usage: Klanten.Bench [--filter …]         the steps of a request, with BenchmarkDotNet
//        Klanten.Bench allocation STORE     bytes allocated by one GET of a klant, Kestrel included
//        Klanten.Bench cosmos CONNECTION    requests, bytes and time of each operation on a Cosmos server
//        Klanten.Bench bad-days PROGRAM.dll [CASE …]   memory, and the latency of a GET, while the program is attacked

using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Klanten.Bench;
using Klanten.Bench.BadDays;

if (args is ["allocation", var store])
{
    await Allocation.MeasureAsync(store);
    return;
}
if (args is ["cosmos", var connection])
{
    await CosmosMeasurement.MeasureAsync(connection);
    return;
}
if (args is ["bad-days", var program, .. var cases])
{
    await BadDays.RunAsync(program, cases);
    return;
}
// In this process, because BenchmarkDotNet's generated project would lack the central package versions.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithIterationCount(5).WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Pieces).Assembly).Run(args.Length > 0 ? args : ["--filter", "*"], config);
