using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.UseCases;

namespace Klanten.Tests.Core.UseCases;

/// <summary>Writes of one klant take turns; those of different klanten do not wait for each other.</summary>
public sealed class KlantTurnsTests
{
    private readonly KlantTurns turns = new();
    private readonly KlantId klant = KlantId.New("999990639");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_write_has_its_turn_at_once()
    {
        using var turn = await turns.WaitAsync(klant, Cancellation);
        Assert.False(turn.HasWaited);
    }

    [Fact]
    public async Task Writes_of_one_klant_have_their_turn_one_at_a_time_in_the_order_in_which_they_came()
    {
        var order = new List<int>();
        var first = await turns.WaitAsync(klant, Cancellation);
        var others = Enumerable.Range(1, 5).Select(WriteAsync).ToList();
        Assert.Empty(order);
        first.Dispose();
        await Task.WhenAll(others);
        Assert.Equal([1, 2, 3, 4, 5], order);

        async Task WriteAsync(int number)
        {
            using var turn = await turns.WaitAsync(klant, Cancellation);
            Assert.True(turn.HasWaited);
            await Task.Yield();
            order.Add(number);
        }
    }

    [Fact]
    public async Task A_write_of_another_klant_does_not_wait()
    {
        using var turn = await turns.WaitAsync(klant, Cancellation);
        Assert.True(turns.WaitAsync(KlantId.New("999990639"), Cancellation).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_write_that_is_cancelled_gives_up_its_place()
    {
        using var left = new CancellationTokenSource();
        var first = await turns.WaitAsync(klant, Cancellation);
        var second = turns.WaitAsync(klant, left.Token).AsTask();
        var third = turns.WaitAsync(klant, Cancellation).AsTask();
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        first.Dispose();
        (await third).Dispose();
        Assert.Equal(0, turns.Count);
    }

    [Fact]
    public async Task Nothing_is_kept_of_a_klant_without_writes()
    {
        (await turns.WaitAsync(klant, Cancellation)).Dispose();
        Assert.Equal(0, turns.Count);
    }

    [Fact]
    public async Task More_writes_than_can_wait_are_refused()
    {
        using var left = new CancellationTokenSource();
        using var turn = await turns.WaitAsync(klant, Cancellation);
        var waiting = Enumerable.Range(0, 1000).Select(_ => turns.WaitAsync(klant, left.Token).AsTask()).ToList();
        await Assert.ThrowsAsync<StoreBusyException>(async () => await turns.WaitAsync(klant, Cancellation));
        await left.CancelAsync();
        foreach (var write in waiting) await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
    }
}
