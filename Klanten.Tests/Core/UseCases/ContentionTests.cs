using Klanten.Core.UseCases;
using Microsoft.Extensions.Time.Testing;

namespace Klanten.Tests.Core.UseCases;

/// <summary>A use case that others keep overtaking tries 32 times, and after the fourth time it waits a moment first.</summary>
public sealed class ContentionTests
{
    private const int MaxAttempts = 32;
    private const int AttemptsWithoutDelay = 4;

    private readonly FakeTimeProvider clock = new();
    private int attempts;

    [Theory]
    [InlineData(1)]
    [InlineData(AttemptsWithoutDelay)]
    [InlineData(AttemptsWithoutDelay + 1)]
    public async Task The_first_attempts_follow_each_other_without_delay(int needed)
    {
        var outcome = RetryAsync(needed);
        Assert.True(outcome.IsCompletedSuccessfully);
        Assert.IsType<Outcome.NotFound>(await outcome);
        Assert.Equal(needed, attempts);
    }

    [Fact]
    public async Task Later_ones_wait()
    {
        var outcome = RetryAsync(AttemptsWithoutDelay + 2);
        Assert.Equal((false, AttemptsWithoutDelay + 1), (outcome.IsCompleted, attempts));
        await FinishAsync(outcome);
        Assert.Equal(AttemptsWithoutDelay + 2, attempts);
    }

    [Theory]
    [InlineData(MaxAttempts, false)]
    [InlineData(MaxAttempts + 1, true)]
    public async Task After_the_last_attempt_it_is_given_up(int needed, bool isGivenUp)
    {
        var outcome = RetryAsync(needed);
        await FinishAsync(outcome);
        Assert.Equal(isGivenUp, await outcome is Outcome.Contended);
        Assert.Equal(MaxAttempts, attempts);
    }

    [Fact]
    public async Task The_wait_ends_when_the_consumer_leaves()
    {
        using var left = new CancellationTokenSource();
        var outcome = RetryAsync(MaxAttempts, left.Token);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outcome);
    }

    private Task<Outcome> RetryAsync(int needed, CancellationToken? left = null) => Contention.RetryAsync(
        () => Task.FromResult<Outcome?>(++attempts < needed ? null : new Outcome.NotFound()),
        clock,
        left ?? TestContext.Current.CancellationToken);

    private async Task FinishAsync(Task outcome)
    {
        while (!outcome.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }
    }
}
