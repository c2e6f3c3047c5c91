using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// Lists in memory: those that were asked a second time since the last change, and before other lists that would have filled the room were
/// asked. Others, as the pages of an export, are not worth it. All but <see cref="Find"/> is for one thread at a time.
/// </summary>
/// <param name="maxBytes">The room for lists, in bytes. When it is full, all go.</param>
internal sealed class HotLists(long maxBytes)
{
    /// <summary>Bytes that a list takes beside its klanten: objects, and an entry of a dictionary.</summary>
    private const int Overhead = 300;

    private readonly HashSet<string> askedOnce = [];
    private volatile ConcurrentDictionary<string, KlantPage> kept = [];
    private long askedBytes;
    private long keptBytes;

    /// <summary>What a list is kept by.</summary>
    /// <remarks>No value of a filter has a NUL (<see cref="FilterField.Parse"/>).</remarks>
    public static string Key(KlantFilter filter, PageRequest page)
    {
        var key = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{page.Number}");
        foreach (var (field, value) in filter.Criteria) key.Append('\0').Append(field.Parameter).Append('\0').Append(value);
        return key.ToString();
    }

    /// <summary>The list; null when it is not in memory.</summary>
    public KlantPage? Find(string key) => kept.GetValueOrDefault(key);

    /// <summary>Notes that the list was asked, and keeps it the second time.</summary>
    /// <param name="key">Its <see cref="Key"/>.</param>
    /// <param name="list">The whole list, in one chunk.</param>
    public void Add(string key, KlantPage list)
    {
        // Another request kept it meanwhile.
        if (kept.ContainsKey(key)) return;
        var size = (key.Length * sizeof(char)) + Overhead + list.Klanten.Items.Sum(HotKlanten.Size);
        if (askedOnce.Add(key))
        {
            askedBytes += size;
            if (askedBytes > maxBytes) ForgetAsked();
            return;
        }
        keptBytes += size;
        if (keptBytes > maxBytes) Clear();
        else kept[key] = Copy(list);
    }

    public void Clear()
    {
        ForgetAsked();
        if (keptBytes > 0) (kept, keptBytes) = ([], 0);
    }

    private static KlantPage Copy(KlantPage list) =>
        list with { Klanten = new([.. list.Klanten.Items.Select(klant => klant with { Json = klant.Json.ToArray() })]) };

    private void ForgetAsked()
    {
        askedOnce.Clear();
        askedBytes = 0;
    }
}
