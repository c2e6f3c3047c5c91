namespace Klanten.Core.UseCases;

/// <summary>Optimistic concurrency: when another request changed the klant, the use case starts again from the read.</summary>
internal static class Contention
{
    private const int MaxAttempts = 32;

    /// <summary>The first attempts follow each other without delay, because one of the competing requests always succeeds.</summary>
    private const int AttemptsWithoutDelay = 4;

    /// <summary>Runs the attempt until it has an outcome.</summary>
    /// <param name="attempt">One attempt; null when another request changed the klant in the meantime.</param>
    /// <param name="clock">The clock for the delays between the later attempts.</param>
    /// <param name="cancellationToken">Cancels the delay; the attempt must observe it by itself.</param>
    /// <returns>The outcome, or <see cref="Outcome.Contended"/> after the last attempt.</returns>
    public static async Task<Outcome> RetryAsync(
        Func<Task<Outcome?>> attempt, TimeProvider clock, CancellationToken cancellationToken)
    {
        for (var attempts = 1; attempts <= MaxAttempts; attempts++)
        {
            if (await attempt().ConfigureAwait(false) is { } outcome)
            {
                return outcome;
            }
            if (attempts > AttemptsWithoutDelay)
            {
                // Random delays (jitter) keep the competing requests apart.
                var delay = TimeSpan.FromMilliseconds(Random.Shared.Next(1, 2 * attempts));
                await Task.Delay(delay, clock, cancellationToken).ConfigureAwait(false);
            }
        }
        return new Outcome.Contended();
    }
}
