using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Cosmos.Documents;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// Puts the klanten that a query finds in order, and keeps the first, as many as a chunk has. Of the others it keeps the id, so that
/// what is in memory does not depend on how large the klanten are.
/// </summary>
internal sealed class PageBuffer
{
    private readonly List<Place> kept = [];
    private readonly List<Place> rest = [];
    private long bytes;

    /// <summary>Whether a klant with a pending move was found, which may be missing or be there twice.</summary>
    public bool HasMoves { get; private set; }

    /// <summary>The number of klanten that were found.</summary>
    public int Count => kept.Count + rest.Count;

    /// <summary>The first klanten, oldest first.</summary>
    public List<StoredKlant> Klanten => kept.ConvertAll(place => place.Klant!);

    /// <summary>The klanten after these, oldest first.</summary>
    public KlantId[] Rest => [.. rest.OrderBy(place => place.SortKey, StringComparer.Ordinal).Select(place => place.Id)];

    /// <summary>How many klanten probably fit in a chunk.</summary>
    public int Portion => (int)Math.Clamp(Chunk.MaxBytes / Math.Max(1, bytes / Math.Max(1, kept.Count)), 1, PageRequest.Size);

    public void Add(KlantDocument klant)
    {
        HasMoves |= klant.Move is not null;
        var place = new Place(klant.SortKey, klant.Id, klant.ToStoredKlant());
        if (rest.Count > 0)
        {
            if (rest.Exists(other => IsBefore(other, place)))
            {
                rest.Add(place with { Klant = null });
                return;
            }
            place = place.Copy();
        }
        var at = kept.Count;
        while (at > 0 && IsBefore(place, kept[at - 1])) at--;
        kept.Insert(at, place);
        bytes += klant.Json.Length;
        while (bytes - kept[^1].Klant!.Json.Length >= Chunk.MaxBytes) RemoveLast();
    }

    /// <remarks>
    /// The first time, the klanten that stay are copied out of the answers of Cosmos DB that they are part of: those would stay in
    /// memory with them.
    /// </remarks>
    private void RemoveLast()
    {
        var last = kept[^1];
        kept.RemoveAt(kept.Count - 1);
        bytes -= last.Klant!.Json.Length;
        if (rest.Count == 0)
        {
            for (var i = 0; i < kept.Count; i++) kept[i] = kept[i].Copy();
        }
        rest.Add(last with { Klant = null });
    }

    private static bool IsBefore(Place left, Place right) => string.CompareOrdinal(left.SortKey, right.SortKey) < 0;

    /// <summary>A klant in the order of the page, or only where it is.</summary>
    private readonly record struct Place(string SortKey, KlantId Id, StoredKlant? Klant)
    {
        public Place Copy() => this with { Klant = Klant! with { Json = Klant.Json.ToArray() } };
    }
}
