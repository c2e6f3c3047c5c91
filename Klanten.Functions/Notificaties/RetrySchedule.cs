namespace Klanten.Functions.Notificaties;

/// <summary>When to try a notification again: ever later, spread by chance so that many do not come back at once.</summary>
internal static class RetrySchedule
{
    /// <summary>Attempts before an entry is parked: some six hours of trying.</summary>
    public const int MaxAttempts = 40;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>The moment of the next attempt; null when there is none left.</summary>
    /// <param name="attempts">Attempts done.</param>
    /// <param name="now">The moment.</param>
    /// <param name="chance">Between 0 and 1.</param>
    public static DateTimeOffset? Next(int attempts, DateTimeOffset now, double chance)
    {
        if (attempts >= MaxAttempts) return null;
        var wait = Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(attempts - 1, 30)));
        // Half of it is fixed, half is chance.
        return now + TimeSpan.FromSeconds(wait * (0.5 + chance / 2));
    }
}
