using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Klanten.Tests.Storage.Kills;

/// <summary>What all consumers together sent, and what was answered.</summary>
internal sealed class WriteLedger
{
    private readonly ConcurrentDictionary<(string Bronorganisatie, string Klantnummer), string> numbers = new();
    private readonly ConcurrentBag<string> faults = [];
    private TaskCompletionSource reached = new();
    private int unique;
    private int sent;
    private int enough;
    private int answered;
    private int unavailable;

    public IReadOnlyList<string> Bronorganisaties { get; } = [StoreData.Rsin(), StoreData.Rsin(), StoreData.Rsin()];

    public string AnyBronorganisatie => Bronorganisaties[Random.Shared.Next(Bronorganisaties.Count)];

    public IReadOnlyCollection<string> Faults => faults;

    public int GeneratedNumbers => numbers.Count;

    public int CountSent => sent;

    public int CountAnswered => answered;

    /// <summary>How often the answer was that the store did not answer in time, which leaves open whether the write was made.</summary>
    public int CountUnavailable => unavailable;

    /// <summary>The answered writes: the klant, and the word of the audit trail.</summary>
    public ConcurrentQueue<(string Url, string Actie)> Writes { get; } = [];

    /// <summary>A text that no other write has, at most eight characters long, so that it can be a klantnummer.</summary>
    public string Unique() => $"K{Interlocked.Increment(ref unique).ToString(CultureInfo.InvariantCulture)}";

    public void Fault(string what) => faults.Add(what);

    public void Sent()
    {
        if (Interlocked.Increment(ref sent) == enough) reached.TrySetResult();
    }

    public void Answered(string url, string actie)
    {
        Interlocked.Increment(ref answered);
        Writes.Enqueue((url, actie));
    }

    public void Unavailable() => Interlocked.Increment(ref unavailable);

    /// <summary>Completed when so many more writes have been sent. Call it before the load starts.</summary>
    public Task SentAsync(int more)
    {
        (reached, enough) = (new(TaskCreationOptions.RunContinuationsAsynchronously), sent + more);
        return reached.Task;
    }

    /// <summary>Records a klantnummer that the program generated (kla-001).</summary>
    public void Generated(JsonObject klant)
    {
        var (bronorganisatie, number) = ((string)klant["bronorganisatie"]!, (string)klant["klantnummer"]!);
        if (number.Length != 8 || !number.All(char.IsAsciiDigit)) Fault($"{number} is no generated klantnummer.");
        if (!numbers.TryAdd((bronorganisatie, number), number)) Fault($"{number} was given out twice in {bronorganisatie}.");
    }
}
