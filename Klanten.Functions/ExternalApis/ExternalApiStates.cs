using System.Collections.Concurrent;
using Klanten.Functions.Telemetry;

namespace Klanten.Functions.ExternalApis;

/// <summary>The states of the APIs and hosts that the configuration names, each made once.</summary>
internal sealed class ExternalApiStates(KlantenMetrics metrics, TimeProvider clock, ILogger<ExternalApiState> logger)
{
    private readonly ConcurrentDictionary<(string Tag, string Name), ExternalApiState> states = [];

    /// <param name="tag">The kind of API, as in metrics and health: notificaties, autorisaties or subjecten.</param>
    /// <param name="name">The API as the log names it; no text of a request.</param>
    public ExternalApiState Get(string tag, string name) =>
        states.GetOrAdd((tag, name), key => new(key.Tag, key.Name, metrics, clock, logger));

    /// <summary>How long each API of a kind that fails has failed.</summary>
    public IReadOnlyList<TimeSpan> FailuresOf(string tag) =>
        [.. states.Where(state => state.Key.Tag == tag).Select(state => state.Value.FailingFor).OfType<TimeSpan>()];
}
