using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Klanten.Tests.Support;

/// <summary>The counters of one program, of which there may be several in this process.</summary>
internal sealed class CountedMetrics : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<string, long> counts = [];

    /// <param name="program">The services of the program.</param>
    /// <param name="counter">The counter to listen to.</param>
    public CountedMetrics(IServiceProvider program, string counter)
    {
        var scope = program.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, it) =>
        {
            if (instrument.Meter.Scope == scope && instrument.Name == counter) it.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, more, tags, _) =>
        {
            var tag = tags.Length == 0 ? "" : $"{tags[0].Value}";
            counts.AddOrUpdate(tag, more, (_, count) => count + more);
        });
        listener.Start();
    }

    /// <summary>The count under the value of the first tag; under <c>""</c> when the counter has no tags.</summary>
    public long this[string tag] => counts.GetValueOrDefault(tag);

    public void Dispose() => listener.Dispose();
}
