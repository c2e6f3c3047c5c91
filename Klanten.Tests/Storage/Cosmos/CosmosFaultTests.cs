using System.Collections.Concurrent;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Cosmos.Requests;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>
/// Injects every fault at every request of every operation, once and from that request on. Afterwards another instance must find
/// the klant exactly once, either as it was before the operation or as the operation was to make it.
/// </summary>
public sealed class CosmosFaultTests(CosmosAccount account)
{
    /// <summary>Most of the time of a case is the SDK's backoff.</summary>
    private const int MaxParallelism = 16;

    private static readonly Fault[] Transient =
        [.. Enum.GetValues<Fault>().Except([Fault.Overtaken, Fault.Taken, Fault.Full, Fault.Forbidden])];

    private static readonly Fault[] Permanent = [Fault.Unsent, Fault.AnswerLost, Fault.Unavailable, Fault.Throttled];

    private static readonly Fault[] Unanswered = [Fault.Unsent, Fault.AnswerLost, Fault.UnavailableAfter, Fault.TimedOutAfter];

    [Fact]
    public async Task A_fault_leaves_a_klant_as_it_was_before_the_operation_or_as_it_is_after() =>
        await TryAllAsync(twoRegions: false, AllFaults);

    /// <summary>
    /// After a lost connection the SDK reads from the second region, which does not have the klant yet. No operation may take
    /// that for an answer.
    /// </summary>
    [Fact]
    public async Task A_second_region_that_lags_is_never_believed()
    {
        var staleReads = await TryAllAsync(
            twoRegions: true,
            (requests, _) =>
                from at in Enumerable.Range(1, requests)
                from fault in Unanswered
                select new Plan(fault, at, Once: true));
        Assert.Equal(0, staleReads);
    }

    private static IEnumerable<Plan> AllFaults(int requests, int firstWrite)
    {
        var positions = Enumerable.Range(1, requests).ToList();
        return
        [
            .. from at in positions
               from fault in Transient
               // Only data of the consumer can be too large, and the first write holds all of it.
               where fault != Fault.TooLarge || at == firstWrite
               select new Plan(fault, at, Once: true),
            .. from at in positions
               from fault in Permanent
               select new Plan(fault, at, Once: false),
        ];
    }

    /// <param name="twoRegions">Whether the account has a second region, which lags.</param>
    /// <param name="plansOf">The faults to try, of an operation with this many requests and this first write.</param>
    /// <returns>How often the second region was asked for documents.</returns>
    private async Task<int> TryAllAsync(bool twoRegions, Func<int, int, IEnumerable<Plan>> plansOf)
    {
        var cases = new ConcurrentQueue<(CosmosOperation Operation, Plan Plan)>();
        var staleReads = await ForEachAsync(CosmosOperation.All, twoRegions, async (operation, bench) =>
        {
            var (requests, firstWrite) = await CountAsync(operation, bench);
            foreach (var plan in plansOf(requests, firstWrite)) cases.Enqueue((operation, plan));
        });
        staleReads += await ForEachAsync(cases, twoRegions, async (item, bench) => await TryAsync(item.Operation, item.Plan, bench));
        var counts = cases.CountBy(item => item.Operation.Name).Select(count => $"{count.Key} {count.Value}");
        TestContext.Current.TestOutputHelper!.WriteLine($"{cases.Count} cases: {string.Join(", ", counts)}");
        return staleReads;
    }

    /// <summary>Does this for each item, several at once, each worker in a container of its own.</summary>
    private async Task<int> ForEachAsync<T>(IEnumerable<T> items, bool twoRegions, Func<T, Bench, Task> act)
    {
        var queue = new ConcurrentQueue<T>(items);
        var staleReads = await Task.WhenAll(Enumerable.Range(0, Math.Min(queue.Count, MaxParallelism)).Select(async _ =>
        {
            await using var bench = await Bench.OpenAsync(account, twoRegions);
            while (queue.TryDequeue(out var item)) await act(item, bench);
            return bench.StaleReads;
        }));
        return staleReads.Sum();
    }

    /// <summary>
    /// The number of requests of the operation without faults, and which is its first write. It is counted the second time, when the
    /// client has already read the account and the container.
    /// </summary>
    private static async Task<(int Requests, int FirstWrite)> CountAsync(CosmosOperation operation, Bench bench)
    {
        for (var time = 1; time <= 2; time++)
        {
            var situation = new CosmosSituation(bench.Host);
            var act = await operation.Prepare(situation, bench.Host);
            bench.Faults.Plan((_, _) => null);
            await act(bench.Instance);
            Assert.Equal(operation.After(situation), await situation.InspectAsync());
        }
        return (bench.Faults.Count, bench.Faults.FirstWrite);
    }

    private static async Task TryAsync(CosmosOperation operation, Plan plan, Bench bench)
    {
        var situation = new CosmosSituation(bench.Host);
        var act = await operation.Prepare(situation, bench.Host);
        bench.Faults.Plan((number, _) => plan.Covers(number) ? plan.Fault : null);
        var failure = await Record.ExceptionAsync(() => act(bench.Instance));
        var faulty = bench.Faults.FaultyWrite;
        bench.Faults.Plan((_, _) => null);

        var what = $"{operation.Name}, {plan}";
        var found = await InspectAsync(situation, what, failure);
        KlantState before = operation.Before(situation), after = operation.After(situation);
        var allowed = failure switch
        {
            null => [after],
            StoreBusyException or KlantTooLargeException => [before],
            CosmosStoreException => new[] { before, after },
            _ => [],
        };
        Assert.True(allowed.Contains(found), $"{what}: {failure?.GetType().Name} {failure?.Message}, and then {found}");
        // A single fault of a write is recovered from, and so is a single 429.
        if (plan.Once && (plan.Fault == Fault.Throttled || (faulty && plan.Fault != Fault.TooLarge)))
            Assert.True(failure is null, $"{what}: {failure?.GetType().Name} {failure?.Message}");
    }

    private static async Task<KlantState> InspectAsync(CosmosSituation situation, string what, Exception? failure)
    {
        try
        {
            return await situation.InspectAsync();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{what}, {failure}: {exception.Message}", exception);
        }
    }

    private sealed record Plan(Fault Fault, int At, bool Once)
    {
        public bool Covers(int number) => Once ? number == At : number >= At;

        public override string ToString() => Once ? $"{Fault} at request {At}" : $"{Fault} from request {At} on";
    }

    /// <summary>A container, with an instance of the program whose requests meet faults.</summary>
    private sealed record Bench(CosmosHost Host, CosmosInstance Instance, FaultHandler Faults, LaggingRegion? Regions) : IAsyncDisposable
    {
        public int StaleReads => Regions?.StaleReads ?? 0;

        public static async Task<Bench> OpenAsync(CosmosAccount account, bool twoRegions)
        {
            var host = await CosmosHost.OpenAsync(account);
            var faults = new FaultHandler();
            if (!twoRegions) return new(host, host.Another(faults), faults, null);
            var regions = new LaggingRegion(faults);
            return new(host, host.AnotherInTwoRegions(regions), faults, regions);
        }

        public async ValueTask DisposeAsync()
        {
            Instance.Dispose();
            Regions?.Dispose();
            Faults.Dispose();
            await Host.DisposeAsync();
        }
    }
}
