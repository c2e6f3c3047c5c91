namespace Klanten.Core.UseCases;

/// <summary>
/// A clock that is later, by a microsecond at least, at each use. A store may order klanten by the moment of their creation, and an
/// import keeps the order of its source.
/// </summary>
internal sealed class RisingClock(TimeProvider clock) : TimeProvider
{
    private long last;

    public override DateTimeOffset GetUtcNow()
    {
        var now = clock.GetUtcNow();
        last = Math.Max(now.UtcTicks, last + TimeSpan.TicksPerMicrosecond);
        return new(last, TimeSpan.Zero);
    }
}
