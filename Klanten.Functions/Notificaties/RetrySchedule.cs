using Klanten.Core.Ports;

namespace Klanten.Functions.Notificaties;

/// <summary>Exponential backoff with jitter between the attempts to deliver a notification.</summary>
internal static class RetrySchedule
{
    /// <summary>Attempts before an entry is parked, which takes some six hours.</summary>
    public const int MaxAttempts = 40;

    private static readonly TimeSpan InitialDelay = TimeSpan.FromSeconds(1);

    /// <summary>The moment of the next attempt; null when all attempts are used.</summary>
    /// <param name="attempts">Attempts so far, at least 1.</param>
    /// <param name="now">The current moment.</param>
    /// <param name="jitter">A random number between 0 and 1.</param>
    public static DateTimeOffset? Next(int attempts, DateTimeOffset now, double jitter)
    {
        if (attempts >= MaxAttempts)
        {
            return null;
        }
        // The exponent is bounded only to keep the power finite; the longest delay is reached long before.
        var exponent = Math.Min(attempts - 1, 30);
        var delay = Math.Min(OutboxTimes.MaxDelay.TotalSeconds, InitialDelay.TotalSeconds * Math.Pow(2, exponent));
        // Half of the delay is fixed, half is random.
        return now + TimeSpan.FromSeconds(delay * (0.5 + jitter / 2));
    }
}
