using System.Collections.Concurrent;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Cosmos;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>
/// Every fault at every request of every operation, once and from then on. Afterwards another instance finds the klant as
/// it was or as it was to become, never twice, never lost, never half.
/// </summary>
public sealed class CosmosFaultTests(CosmosAccount account)
{
    private const int AtOnce = 8;

    private static readonly Fault[] Passing = [.. Enum.GetValues<Fault>().Except([Fault.Overtaken, Fault.Taken])];

    private static readonly Fault[] Lasting = [Fault.Unsent, Fault.AnswerLost, Fault.Unavailable, Fault.Throttled];

    public static TheoryData<string> Operations => [.. CosmosOperation.All.Select(o => o.Name)];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_fault_leaves_a_klant_as_it_was_or_as_it_was_to_become(string name)
    {
        var operation = CosmosOperation.All.Single(o => o.Name == name);
        var plans = new ConcurrentQueue<Plan>(await PlansAsync(operation));
        var cases = plans.Count;
        // The SDK takes its time before it gives up; meanwhile another case can go on, in a container of its own.
        await Task.WhenAll(Enumerable.Range(0, Math.Min(cases, AtOnce)).Select(async _ =>
        {
            await using var host = await CosmosHost.OpenAsync(account);
            using var handler = new FaultHandler();
            using var instance = host.Another(handler);
            while (plans.TryDequeue(out var plan)) await TryAsync(operation, plan, host, instance, handler);
        }));
        TestContext.Current.TestOutputHelper!.WriteLine($"{name}: {cases} cases");
    }

    private async Task<List<Plan>> PlansAsync(CosmosOperation operation)
    {
        await using var host = await CosmosHost.OpenAsync(account);
        using var handler = new FaultHandler();
        using var instance = host.Another(handler);
        var requests = await CountAsync(operation, host, instance, handler);
        // Only what a consumer sends can be too large, and that goes with the first write.
        var firstWrite = handler.FirstWrite;
        return
        [
            .. from at in Enumerable.Range(1, requests) from fault in Passing where fault != Fault.TooLarge || at == firstWrite select new Plan(fault, at, Once: true),
            .. from at in Enumerable.Range(1, requests) from fault in Lasting select new Plan(fault, at, Once: false),
        ];
    }

    /// <summary>Requests of the operation when nothing goes wrong, and the client knows its way.</summary>
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
        // One mishap with a write is made good; so is one refusal for want of capacity.
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
