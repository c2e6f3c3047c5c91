using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// Lists in memory: those that were asked a second time since the last change. One that is asked once, as of an export, is not worth its
/// room. All but <see cref="Find"/> is for one thread at a time.
/// </summary>
/// <param name="maxBytes">The room for lists, in bytes. When it is full, all go.</param>
internal sealed class HotLists(long maxBytes)
{
    /// <summary>Bytes that a list takes beside its klanten: objects, and an entry of a dictionary.</summary>
    private const int Overhead = 300;

    /// <summary>Null for a list that was asked once.</summary>
    private volatile ConcurrentDictionary<string, KlantPage?> kept = [];

    private long bytes;

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
        if (kept.TryAdd(key, null))
        {
            bytes += (key.Length * sizeof(char)) + Overhead;
        }
        else if (kept[key] is null)
        {
            kept[key] = list with { Klanten = new([.. list.Klanten.Items.Select(klant => klant with { Json = klant.Json.ToArray() })]) };
            bytes += list.Klanten.Items.Sum(HotKlanten.Size);
        }
        if (bytes > maxBytes) Clear();
    }

    public void Clear()
    {
        if (bytes > 0) (kept, bytes) = ([], 0);
    }
}
