using System.Collections.Concurrent;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// Klanten and lists in memory as they are in the file: those that were read last. A read of one costs no call of SQLite and no lock on
/// the file. It is never older than what was answered, because every change comes from the one writer (ADR 19), which takes a klant out,
/// and all lists, before its transaction ends.
/// </summary>
/// <param name="maxBytes">
/// The room for klanten, in bytes. When it is full, the half that was used longest ago goes. Lists have a quarter of it besides.
/// </param>
internal sealed class HotKlanten(long maxBytes)
{
    /// <summary>Bytes that a klant takes beside its representation: two objects and an entry of a dictionary.</summary>
    private const int Overhead = 200;

    private readonly Lock gate = new();
    private readonly HashSet<KlantId> changing = [];
    private readonly HotLists lists = new(maxBytes / 4);
    private volatile Generations kept = new([], []);
    private long youngBytes;
    private long changes;

    /// <summary>
    /// Raised when a change begins and when it ends: a klant that was read between two equal values is as it is now. Odd while a change is
    /// made.
    /// </summary>
    public long Changes => Interlocked.Read(ref changes);

    /// <summary>The same; null while a change is made, of which one reader may see the end before another does.</summary>
    public long? Moment => Changes is var seen && long.IsEvenInteger(seen) ? seen : null;

    /// <summary>Bytes that a klant takes in memory.</summary>
    public static int Size(StoredKlant klant) => klant.Json.Length + Overhead;

    /// <summary>The klant; null when it is not in memory.</summary>
    public StoredKlant? Find(KlantId id)
    {
        var (young, old) = kept;
        if (young.TryGetValue(id, out var klant)) return klant;
        if (old.TryGetValue(id, out klant)) Renew(klant);
        return klant;
    }

    /// <inheritdoc cref="HotLists.Find"/>
    public KlantPage? FindList(string key) => lists.Find(key);

    /// <summary>Keeps a klant that was read from the file, unless it may have changed since.</summary>
    /// <param name="klant">The klant.</param>
    /// <param name="changesBefore"><see cref="Changes"/> from before it was read.</param>
    public void Add(StoredKlant klant, long changesBefore)
    {
        lock (gate)
        {
            if (changes == changesBefore && !changing.Contains(klant.Id)) Put(klant);
        }
    }

    /// <summary>Keeps a list that was read from the file and is asked again, unless something may have changed since.</summary>
    /// <param name="key">The list, by <see cref="HotLists.Key"/>.</param>
    /// <param name="list">The whole list, in one chunk.</param>
    /// <param name="moment"><see cref="Moment"/> from before it was read.</param>
    public void AddList(string key, KlantPage list, long? moment)
    {
        lock (gate)
        {
            if (moment is not null && moment == Moment) lists.Add(key, list);
        }
    }

    /// <summary>Begins a change: until it ends, these klanten and all lists are read from the file and not kept.</summary>
    public void BeginChange(IEnumerable<KlantId> ids)
    {
        lock (gate)
        {
            changes++;
            lists.Clear();
            foreach (var id in ids)
            {
                changing.Add(id);
                Remove(id);
            }
        }
    }

    /// <summary>Ends the change, whether it was made or not.</summary>
    public void EndChange()
    {
        lock (gate)
        {
            changes++;
            changing.Clear();
        }
    }

    /// <summary>Forgets all, because another program has written to the file.</summary>
    public void Clear()
    {
        lock (gate)
        {
            changes += 2;
            lists.Clear();
            (kept, youngBytes) = (new([], []), 0);
        }
    }

    /// <summary>Makes a klant young again, unless it was taken out meanwhile.</summary>
    private void Renew(StoredKlant klant)
    {
        lock (gate)
        {
            if (kept.Old.TryRemove(KeyValuePair.Create(klant.Id, klant))) Put(klant);
        }
    }

    private void Put(StoredKlant klant)
    {
        if (!kept.Young.TryAdd(klant.Id, klant)) return;
        youngBytes += Size(klant);
        if (youngBytes > maxBytes / 2) (kept, youngBytes) = (new([], kept.Young), 0);
    }

    private void Remove(KlantId id)
    {
        if (kept.Young.TryRemove(id, out var klant)) youngBytes -= Size(klant);
        kept.Old.TryRemove(id, out _);
    }

    private sealed record Generations(ConcurrentDictionary<KlantId, StoredKlant> Young, ConcurrentDictionary<KlantId, StoredKlant> Old);
}
