using Klanten.Bench.Programs;

namespace Klanten.Bench.Load;

/// <summary>The latency of a GET by id while eight consumers search the largest store by a field without an index.</summary>
internal sealed class ScansPart(Workshop workshop, LoadSettings settings) : ILoadPart
{
    private const int Scans = 8;

    /// <summary>And a number, for the program keeps in memory what is asked again.</summary>
    private const string Filter = "?functie=niemand-";

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    public double Estimate => 2 * Length.TotalSeconds;

    public async Task<IEnumerable<string>> RunAsync(Measurement measurement)
    {
        var size = settings.Sizes.Max();
        await using var served = await workshop.ServeAsync(await workshop.SeedAsync(size, $"{size}"), Workshop.Port);
        var requests = await Requests.MakeAsync(served, size, workshop.Folder, "scans");
        var klanten = File.ReadLines(requests.Get).Select(path => served.Root + path).ToArray();
        await measurement.WarmAsync(served.Root, served.Token, "get", requests.Get, 2);
        var alone = await Latency.DuringAsync(served.Client, klanten, () => Task.CompletedTask, Length);
        using var end = new CancellationTokenSource(Length);
        var (scans, asked) = (0, 0);
        var beside = await Latency.DuringAsync(
            served.Client, klanten, () => Task.WhenAll(Enumerable.Range(0, Scans).Select(ScanAsync)), Length);
        return
        [
            $"| GET by id, {size} klanten | p99 ms | |",
            "| --- | --: | --- |",
            $"| alone | {alone.At(0.99):F2} | {alone} |",
            $"| beside {Scans} scans ({scans} done) | {beside.At(0.99):F2} | {beside} |",
            $"| ratio | {beside.At(0.99) / alone.At(0.99):F1} | |",
        ];

        async Task ScanAsync(int consumer)
        {
            while (!end.IsCancellationRequested)
            {
                using var answer = await served.Client.GetAsync(new Uri(served.Klanten + Filter + Interlocked.Increment(ref asked)));
                if (answer.IsSuccessStatusCode) Interlocked.Increment(ref scans);
            }
        }
    }
}
