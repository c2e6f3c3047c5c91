using System.Collections.Concurrent;

namespace Klanten.Functions.Autorisaties;

/// <summary>
/// The application of a client_id: from the configuration, else from the Autorisaties API. Answers of the API are cached;
/// past half of its lifetime an answer is refreshed in the background. A client has at most one look-up in progress.
/// </summary>
/// <remarks>
/// The cache is bounded by the credentials: only clients whose token was valid are looked up. Times are monotonic: when the
/// clock is set back, revoked scopes must not live on and a failed API must not be left alone.
/// </remarks>
internal sealed class ApplicationDirectory(
    ConfiguredApplications configured, AutorisatiesClient? remote, TimeSpan lifetime, TimeProvider clock)
{
    /// <summary>Lifetime of the answer that a client is unknown; short, so that a new application is accepted soon.</summary>
    private static readonly TimeSpan UnknownLifetime = TimeSpan.FromSeconds(30);

    /// <summary>Time without look-ups of a client after one of them failed.</summary>
    private static readonly TimeSpan FailureBackoff = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <returns>Not answered when the API gave no answer and no cached one is fresh enough.</returns>
    public ValueTask<ApplicationLookup> FindAsync(string clientId, CancellationToken cancellationToken)
    {
        if (configured.Find(clientId) is { } applicatie)
        {
            return new(new ApplicationLookup(true, applicatie));
        }
        if (remote is null)
        {
            return new(new ApplicationLookup(true, null));
        }
        var entry = entries.GetOrAdd(clientId, static _ => new());
        if (entry.Cached is not { } cached || IsExpired(cached))
        {
            return new(LookUpAsync(entry, clientId).WaitAsync(cancellationToken));
        }
        if (IsPastHalf(cached))
        {
            _ = LookUpAsync(entry, clientId);
        }
        return new(cached.Lookup);
    }

    private bool IsExpired(CachedLookup cached) => clock.GetElapsedTime(cached.Since) >= LifetimeOf(cached.Lookup);

    private bool IsPastHalf(CachedLookup cached) => clock.GetElapsedTime(cached.Since) > LifetimeOf(cached.Lookup) / 2;

    private TimeSpan LifetimeOf(ApplicationLookup lookup) =>
        lookup.Applicatie is null && UnknownLifetime < lifetime ? UnknownLifetime : lifetime;

    /// <summary>
    /// The look-up in progress, or a new one. It is shared between callers, so cancelling one request does not cancel it.
    /// </summary>
    private Task<ApplicationLookup> LookUpAsync(Entry entry, string clientId)
    {
        lock (entry)
        {
            if (entry.InProgress is { IsCompleted: false } inProgress)
            {
                return inProgress;
            }
            // The answer may have arrived between the caller's check and this lock.
            if (entry.Cached is { } cached && !IsPastHalf(cached))
            {
                return Task.FromResult(cached.Lookup);
            }
            if (entry.FailedAt is { } failedAt && clock.GetElapsedTime(failedAt) < FailureBackoff)
            {
                return Task.FromResult(default(ApplicationLookup));
            }
            entry.InProgress = Task.Run(() => RefreshAsync(entry, clientId));
            return entry.InProgress;
        }
    }

    private async Task<ApplicationLookup> RefreshAsync(Entry entry, string clientId)
    {
        var lookup = await remote!.FindAsync(clientId, CancellationToken.None);
        if (lookup.Answered)
        {
            entry.Cached = new(lookup, clock.GetTimestamp());
        }
        else
        {
            entry.FailedAt = clock.GetTimestamp();
        }
        return lookup;
    }

    /// <param name="Lookup">The answer.</param>
    /// <param name="Since">Timestamp of the clock (<see cref="TimeProvider.GetTimestamp"/>).</param>
    private sealed record CachedLookup(ApplicationLookup Lookup, long Since);

    private sealed class Entry
    {
        private volatile CachedLookup? cached;

        public CachedLookup? Cached
        {
            get => cached;
            set => cached = value;
        }

        /// <summary>Timestamp of the last failure; null when there was none. Written before the look-up in progress ends.</summary>
        public long? FailedAt { get; set; }
        public Task<ApplicationLookup>? InProgress { get; set; }
    }
}
