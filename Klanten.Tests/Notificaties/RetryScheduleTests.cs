using Klanten.Functions.Notificaties;

namespace Klanten.Tests.Notificaties;

/// <summary>When a notification that was not taken is tried again.</summary>
public sealed class RetryScheduleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(4, 8)]
    [InlineData(10, 512)]
    [InlineData(11, 900)]
    [InlineData(39, 900)]
    public void The_wait_doubles_up_to_a_quarter_of_an_hour(int attempts, double seconds) =>
        Assert.Equal(seconds, Wait(attempts, chance: 1), 3);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(39)]
    public void Chance_shortens_it_by_half_at_most(int attempts) =>
        Assert.Equal(Wait(attempts, chance: 1) / 2, Wait(attempts, chance: 0), 3);

    [Fact]
    public void Two_that_failed_at_the_same_moment_come_back_at_different_ones() =>
        Assert.NotEqual(Wait(6, chance: 0.2), Wait(6, chance: 0.7));

    [Fact]
    public void After_the_last_attempt_there_is_no_next() => Assert.Null(RetrySchedule.Next(RetrySchedule.MaxAttempts, Now, 0.5));

    [Fact]
    public void The_Notificaties_API_may_be_down_for_a_night_before_anything_is_parked() =>
        Assert.InRange(
            Enumerable.Range(1, RetrySchedule.MaxAttempts - 1).Sum(attempt => Wait(attempt, chance: 0.5)),
            TimeSpan.FromHours(5).TotalSeconds, TimeSpan.FromHours(12).TotalSeconds);

    private static double Wait(int attempts, double chance) => (RetrySchedule.Next(attempts, Now, chance)!.Value - Now).TotalSeconds;
}
