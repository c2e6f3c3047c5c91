// usage: Klanten.Bench [--filter …]         the steps of a request, with BenchmarkDotNet
//        Klanten.Bench allocation STORE     bytes allocated by one GET of a klant, Kestrel included
//        Klanten.Bench cosmos CONNECTION    requests, bytes and time of each operation on a Cosmos server

using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Klanten.Bench;

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
// In this process, because BenchmarkDotNet's generated project would lack the central package versions.
var config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithIterationCount(5).WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Pieces).Assembly).Run(args.Length > 0 ? args : ["--filter", "*"], config);
