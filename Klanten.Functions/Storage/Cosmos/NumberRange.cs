namespace Klanten.Functions.Storage.Cosmos;

/// <summary>The numbers of one bronorganisatie that this instance may give out, in order.</summary>
internal sealed class NumberRange
{
    private readonly Lock gate = new();
    private long next = 1;
    private long last;

    /// <summary>Lets one caller at a time ask for a new range, so that the others use that one.</summary>
    public SemaphoreSlim Renewal { get; } = new(1);

    /// <summary>Takes one number that is not below <paramref name="from"/>; null when the range has none.</summary>
    public long? Take(long from)
    {
        lock (gate)
        {
            var number = Math.Max(next, from);
            if (number > last) return null;
            next = number + 1;
            return number;
        }
    }

    /// <summary>Replaces the range. What is left of the old one is never given out.</summary>
    public void Renew(long first, long count)
    {
        lock (gate) (next, last) = (first, first + count - 1);
    }
}
