using Microsoft.Extensions.Time.Testing;

namespace Klanten.Tests.Support;

/// <summary>A clock that an administrator, or NTP, can set: the time of day changes, what is measured as elapsed does not.</summary>
internal sealed class WallClock() : FakeTimeProvider(DateTimeOffset.UtcNow)
{
    private TimeSpan difference;

    /// <summary>Sets the clock forward, or back when the difference is negative.</summary>
    public void Set(TimeSpan forward) => difference += forward;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + difference;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
