namespace Klanten.Functions.Notificaties;

/// <summary>
/// The moment that leases and retries are counted from. It follows the clock of the system forward, but not back: by a clock that
/// is set back an hour, a retry of one second would wait that hour.
/// </summary>
internal sealed class SteadyClock(TimeProvider clock)
{
    private readonly Lock access = new();
    private DateTimeOffset now = clock.GetUtcNow();
    private long stamp = clock.GetTimestamp();

    public DateTimeOffset Now()
    {
        lock (access)
        {
            var (earlier, current) = (stamp, clock.GetTimestamp());
            stamp = current;
            var counted = now + clock.GetElapsedTime(earlier, current);
            var shown = clock.GetUtcNow();
            return now = counted > shown ? counted : shown;
        }
    }
}
