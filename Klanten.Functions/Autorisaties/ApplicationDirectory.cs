using System.Collections.Concurrent;

namespace Klanten.Functions.Autorisaties;

/// <summary>
/// Which application a client_id belongs to: as configured, else as the Autorisaties API last said. Its answers count for
/// their lifetime and are asked anew in the background from halfway; one question at a time per client.
/// </summary>
/// <remarks>Only clients whose token was found in order are asked for, so there are never more entries than credentials.</remarks>
internal sealed class ApplicationDirectory(ConfiguredApplications configured, AutorisatiesClient? remote, TimeSpan lifetime, TimeProvider clock)
{
    /// <summary>How long it counts that a client is not known: an application that was just registered should not wait long.</summary>
    private static readonly TimeSpan UnknownLifetime = TimeSpan.FromSeconds(30);

    /// <summary>After a failure the API is left alone for this long.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Entry> entries = new(StringComparer.Ordinal);

    /// <returns>Not answered when nothing is known that still counts.</returns>
    public ValueTask<RemoteAnswer> FindAsync(string clientId, CancellationToken cancellationToken)
    {
        if (configured.Find(clientId) is { } applicatie) return new(new RemoteAnswer(true, applicatie));
        if (remote is null) return new(new RemoteAnswer(true, null));

        var entry = entries.GetOrAdd(clientId, static _ => new());
        if (entry.Known is not { } known || clock.GetUtcNow() - known.At >= LifetimeOf(known.Answer)) return new(AskAsync(entry, clientId).WaitAsync(cancellationToken));
        if (IsPastHalf(known)) _ = AskAsync(entry, clientId);
        return new(known.Answer);
    }

    private bool IsPastHalf(KnownAnswer known) => clock.GetUtcNow() - known.At > LifetimeOf(known.Answer) / 2;

    private TimeSpan LifetimeOf(RemoteAnswer answer) =>
        answer.Applicatie is null && UnknownLifetime < lifetime ? UnknownLifetime : lifetime;

    /// <summary>The question under way, or a new one. It is nobody's in particular, so nobody's leaving ends it.</summary>
    private Task<RemoteAnswer> AskAsync(Entry entry, string clientId)
    {
        lock (entry)
        {
            if (entry.Question is { IsCompleted: false } question) return question;
            // Looked at once more: the answer may have come in since the caller looked.
            if (entry.Known is { } known && !IsPastHalf(known)) return Task.FromResult(known.Answer);
            if (clock.GetUtcNow() - entry.FailedAt < Pause) return Task.FromResult(default(RemoteAnswer));
            return entry.Question = Task.Run(async () =>
            {
                var answer = await remote!.FindAsync(clientId, CancellationToken.None);
                if (answer.Answered) entry.Known = new(answer, clock.GetUtcNow());
                else entry.FailedAt = clock.GetUtcNow();
                return answer;
            });
        }
    }

    private sealed record KnownAnswer(RemoteAnswer Answer, DateTimeOffset At);

    private sealed class Entry
    {
        private volatile KnownAnswer? known;

        public KnownAnswer? Known
        {
            get => known;
            set => known = value;
        }

        public DateTimeOffset FailedAt { get; set; } = DateTimeOffset.MinValue;
        public Task<RemoteAnswer>? Question { get; set; }
    }
}
