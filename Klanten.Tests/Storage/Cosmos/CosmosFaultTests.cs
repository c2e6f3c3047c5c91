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
    private const int MaxParallelism = 8;

    private static readonly Fault[] Transient =
        [.. Enum.GetValues<Fault>().Except([Fault.Overtaken, Fault.Taken, Fault.Full, Fault.Forbidden])];

    private static readonly Fault[] Permanent = [Fault.Unsent, Fault.AnswerLost, Fault.Unavailable, Fault.Throttled];

    public static TheoryData<string> Operations => [.. CosmosOperation.All.Select(o => o.Name)];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_fault_leaves_a_klant_as_it_was_before_the_operation_or_as_it_is_after(string name)
    {
        var operation = CosmosOperation.All.Single(o => o.Name == name);
        var plans = new ConcurrentQueue<Plan>(await PlansAsync(operation));
        var cases = plans.Count;
        // Most of the time of a case is the SDK's backoff, so several cases run in parallel, each worker in its own container.
        await Task.WhenAll(Enumerable.Range(0, Math.Min(cases, MaxParallelism)).Select(async _ =>
        {
            await using var host = await CosmosHost.OpenAsync(account);
            using var handler = new FaultHandler();
            using var instance = host.Another(handler);
            while (plans.TryDequeue(out var plan)) await TryAsync(operation, plan, host, instance, handler);
        }));
        TestContext.Current.TestOutputHelper!.WriteLine($"{name}: {cases} cases");
    }

    /// <summary>
    /// After a lost connection the SDK reads from the second region, which does not have the klant yet. No operation may take
    /// that for an answer.
    /// </summary>
    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_second_region_that_lags_is_never_believed(string name)
    {
        var operation = CosmosOperation.All.Single(o => o.Name == name);
        await using var host = await CosmosHost.OpenAsync(account);
        using var handler = new FaultHandler();
        using var regions = new LaggingRegion(handler);
        using var instance = host.AnotherInTwoRegions(regions);
        var requests = await CountAsync(operation, host, instance, handler);
        var plans =
            from at in Enumerable.Range(1, requests)
            from fault in new[] { Fault.Unsent, Fault.AnswerLost, Fault.UnavailableAfter, Fault.TimedOutAfter }
            select new Plan(fault, at, Once: true);
        var cases = 0;
        foreach (var plan in plans)
        {
            await TryAsync(operation, plan, host, instance, handler);
            cases++;
        }
        Assert.Equal(0, regions.StaleReads);
        TestContext.Current.TestOutputHelper!.WriteLine($"{name}: {cases} cases");
    }

    private async Task<List<Plan>> PlansAsync(CosmosOperation operation)
    {
        await using var host = await CosmosHost.OpenAsync(account);
        using var handler = new FaultHandler();
        using var instance = host.Another(handler);
        var requests = await CountAsync(operation, host, instance, handler);
        // Only data of the consumer can be too large, and the first write holds all of it.
        var firstWrite = handler.FirstWrite;
        var positions = Enumerable.Range(1, requests).ToList();
        return
        [
            .. from at in positions
               from fault in Transient
               where fault != Fault.TooLarge || at == firstWrite
               select new Plan(fault, at, Once: true),
            .. from at in positions
               from fault in Permanent
               select new Plan(fault, at, Once: false),
        ];
    }

    /// <summary>
    /// The number of requests of the operation without faults. It is counted the second time, when the client has already read the
    /// account and the container.
    /// </summary>
    private static async Task<int> CountAsync(CosmosOperation operation, CosmosHost host, CosmosInstance instance, FaultHandler handler)
    {
        for (var time = 1; time <= 2; time++)
        {
            var situation = new CosmosSituation(host);
            var act = await operation.Prepare(situation, host);
            handler.Plan((_, _) => null);
            await act(instance);
            Assert.Equal(operation.After(situation), await situation.InspectAsync());
        }
        return handler.Count;
    }

    private static async Task TryAsync(CosmosOperation operation, Plan plan, CosmosHost host, CosmosInstance instance, FaultHandler handler)
    {
        var situation = new CosmosSituation(host);
        var act = await operation.Prepare(situation, host);
        handler.Plan((number, _) => plan.Covers(number) ? plan.Fault : null);
        var failure = await Record.ExceptionAsync(() => act(instance));
        var faulty = handler.FaultyWrite;
        handler.Plan((_, _) => null);

        var found = await InspectAsync(situation, plan, failure);
        KlantState before = operation.Before(situation), after = operation.After(situation);
        var allowed = failure switch
        {
            null => [after],
            StoreBusyException or KlantTooLargeException => [before],
            CosmosStoreException => new[] { before, after },
            _ => [],
        };
        Assert.True(allowed.Contains(found), $"{plan}: {failure?.GetType().Name} {failure?.Message}, and then {found}");
        // A single fault of a write is recovered from, and so is a single 429.
        if (plan.Once && (plan.Fault == Fault.Throttled || (faulty && plan.Fault != Fault.TooLarge)))
            Assert.True(failure is null, $"{plan}: {failure?.GetType().Name} {failure?.Message}");
    }

    private static async Task<KlantState> InspectAsync(CosmosSituation situation, Plan plan, Exception? failure)
    {
        try
        {
            return await situation.InspectAsync();
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"{plan}, {failure}: {exception.Message}", exception);
        }
    }

    private sealed record Plan(Fault Fault, int At, bool Once)
    {
        public bool Covers(int number) => Once ? number == At : number >= At;

        public override string ToString() => Once ? $"{Fault} at request {At}" : $"{Fault} from request {At} on";
    }
}
