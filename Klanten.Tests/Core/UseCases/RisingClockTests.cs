using Klanten.Core.UseCases;
using Klanten.Tests.Support;

namespace Klanten.Tests.Core.UseCases;

/// <summary>Of two klanten that an import makes, the later one has a later moment, whatever the clock says.</summary>
public sealed class RisingClockTests
{
    private readonly WallClock clock = new();
    private readonly RisingClock rising;

    public RisingClockTests() => rising = new(clock);

    [Fact]
    public void A_moment_is_that_of_the_clock() => Assert.Equal(clock.GetUtcNow(), rising.GetUtcNow());

    [Fact]
    public void While_the_clock_stands_still_each_moment_is_a_microsecond_later()
    {
        var first = rising.GetUtcNow();
        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(_ => (rising.GetUtcNow() - first).TotalMicroseconds));
    }

    [Fact]
    public void A_clock_that_is_set_back_does_not_take_it_back()
    {
        var first = rising.GetUtcNow();
        clock.Set(TimeSpan.FromHours(-1));
        Assert.Equal(first.AddMicroseconds(1), rising.GetUtcNow());
    }

    [Fact]
    public void A_clock_that_goes_on_is_followed()
    {
        rising.GetUtcNow();
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(clock.GetUtcNow(), rising.GetUtcNow());
    }
}
