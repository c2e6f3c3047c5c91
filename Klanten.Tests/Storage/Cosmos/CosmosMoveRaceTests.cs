using Klanten.Core.Model;
using Klanten.Functions.Storage.Cosmos.Requests;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>A move that another process ends while the process that began it is still at work.</summary>
public sealed class CosmosMoveRaceTests(CosmosAccount account)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>
    /// The mover has claimed and finds the old partition too busy, so it undoes its claim. Meanwhile another process has found the claim
    /// and departed on the mover's behalf, and is killed there. Undoing the claim would then remove the only copy of the klant.
    /// </summary>
    [Fact]
    public async Task A_move_that_another_process_has_taken_over_is_not_undone_by_the_process_that_began_it()
    {
        await using var host = await CosmosHost.OpenAsync(account);
        using var moverHandler = new FaultHandler();
        using var otherHandler = new FaultHandler();
        using var mover = host.Another(moverHandler);
        using var other = host.Another(otherHandler);
        var situation = new CosmosSituation(host);
        var klant = await situation.GivenAsync();
        var intervened = false;
        var departed = false;
        otherHandler.Plan((request, _, isWrite) =>
        {
            if (departed) return Task.FromResult<Fault?>(Fault.Unavailable);
            departed = isWrite && IsIn(request, situation.Origin);
            return Task.FromResult<Fault?>(null);
        });
        moverHandler.Plan(async (request, _, isWrite) =>
        {
            if (!isWrite || !IsIn(request, situation.Origin)) return null;
            if (!intervened)
            {
                intervened = true;
                var move = new KlantFilter([(FilterFields.Bronorganisatie, situation.Destination)]);
                await Record.ExceptionAsync(async () => await other.Store.ListAsync(move, PageRequest.First, Cancellation));
            }
            return Fault.Throttled;
        });

        var commit = CosmosSituation.Change(klant, k => k with { Bronorganisatie = situation.Destination });
        var failure = await Record.ExceptionAsync(async () => await mover.Store.CommitAsync(commit, Cancellation));

        Assert.True(departed, "The other process departed.");
        // The mover cannot promise that nothing happened.
        Assert.IsType<CosmosStoreException>(failure);
        Assert.Equal(new(situation.Destination, 2, 2), await situation.InspectAsync());
    }

    private static bool IsIn(HttpRequestMessage request, string bronorganisatie) =>
        request.Headers.TryGetValues("x-ms-documentdb-partitionkey", out var key)
        && key.Single().Contains(bronorganisatie, StringComparison.Ordinal);
}
