namespace Klanten.Core.UseCases;

/// <summary>Optimistic concurrency: when others changed the klant in between, the use case is done again from the read.</summary>
internal static class Contention
{
    private const int MaxAttempts = 32;

    /// <param name="attempt">One try; null when the klant was changed in between.</param>
    /// <param name="clock">Paces the later tries.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Outcome> RetryAsync(Func<Task<Outcome?>> attempt, TimeProvider clock, CancellationToken cancellationToken)
    {
        for (var tries = 1; tries <= MaxAttempts; tries++)
        {
            if (await attempt().ConfigureAwait(false) is { } outcome) return outcome;
            // The first few tries are free: one of the contenders always wins. After that they keep out of each other's way.
            if (tries > 4)
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 2 * tries)), clock, cancellationToken).ConfigureAwait(false);
        }
        return new Outcome.Contended();
    }
}
