using Klanten.Core.Ports;

namespace Klanten.Tests.Core.Ports;

public sealed class OutboxStatusTests
{
    private static readonly DateTimeOffset Now = new(2026, 2, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-90, 90)]
    [InlineData(0, 0)]
    [InlineData(90, 0)]
    public void The_age_of_the_oldest_notification_is_never_negative_though_the_clock_was_set_back(int oldest, int age) =>
        Assert.Equal(TimeSpan.FromSeconds(age), new OutboxStatus(1, Now.AddSeconds(oldest), 0).Age(Now));

    [Fact]
    public void Without_notifications_the_age_is_zero() => Assert.Equal(TimeSpan.Zero, new OutboxStatus(0, null, 0).Age(Now));
}
