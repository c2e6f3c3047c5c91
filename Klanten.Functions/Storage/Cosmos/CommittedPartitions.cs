namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// The bronorganisaties in which this instance has committed notifications. The dispatcher searches these, and not every
/// partition, for what this instance has to deliver.
/// </summary>
/// <param name="signal">Wakes the dispatcher.</param>
internal sealed class CommittedPartitions(OutboxSignal signal)
{
    /// <summary>What is committed beyond it waits for the next search of the whole outbox.</summary>
    private const int MaxPartitions = 1_000;

    private readonly Lock gate = new();
    private readonly HashSet<string> partitions = new(StringComparer.Ordinal);

    /// <summary>Adds a bronorganisatie in which a notification was committed, and wakes the dispatcher.</summary>
    public void Add(string bronorganisatie)
    {
        Keep(bronorganisatie);
        signal.Set();
    }

    /// <summary>Adds a bronorganisatie that is to be searched again.</summary>
    public void Keep(string bronorganisatie)
    {
        lock (gate)
        {
            if (partitions.Count < MaxPartitions) partitions.Add(bronorganisatie);
        }
    }

    /// <summary>The bronorganisaties so far. The next call returns those that were added since.</summary>
    public string[] Take()
    {
        lock (gate)
        {
            string[] taken = [.. partitions];
            partitions.Clear();
            return taken;
        }
    }

    /// <summary>Waits for <see cref="Add"/>; false when it was not called in time.</summary>
    public ValueTask<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => signal.WaitAsync(atMost, cancellationToken);
}
