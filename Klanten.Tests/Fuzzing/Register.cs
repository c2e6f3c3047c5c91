using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Fuzzing;

/// <summary>What the answers said that there is: each klant as last answered.</summary>
internal sealed class Register
{
    private readonly List<KnownKlant> klanten = [];
    private readonly Dictionary<string, KnownKlant> byUuid = [];
    private readonly HashSet<string> uncertain = [];

    public int Count => klanten.Count;

    public IReadOnlyList<KnownKlant> Klanten => klanten;

    public KnownKlant? Any(Chance chance) => klanten.Count == 0 ? null : chance.Pick(klanten);

    public KnownKlant? this[string uuid] => byUuid.GetValueOrDefault(uuid);

    /// <summary>Keeps what a successful answer says of a klant.</summary>
    public KnownKlant Keep(Answer answer)
    {
        var uuid = answer.Body.Text("url").Split('/')[^1];
        if (!byUuid.TryGetValue(uuid, out var klant))
        {
            klant = new(uuid);
            byUuid[uuid] = klant;
            klanten.Add(klant);
        }
        klant.Json = answer.Text;
        return klant;
    }

    /// <summary>How many requests to create a klant had no answer: each may have created one.</summary>
    public int PerhapsCreated { get; private set; }

    /// <summary>Whether a request to change or delete the klant had no answer, so that it may have been carried out.</summary>
    public bool IsUncertain(string uuid) => uncertain.Contains(uuid);

    /// <summary>A write had no answer.</summary>
    public void NotAnswered(WireRequest request)
    {
        if (request.Method == "POST")
        {
            PerhapsCreated++;
        }
        else if (klanten.Find(klant => request.Target.Contains(klant.Uuid, StringComparison.Ordinal)) is { } klant)
        {
            uncertain.Add(klant.Uuid);
            Remove(klant.Uuid);
        }
    }

    public void Remove(string uuid)
    {
        if (byUuid.Remove(uuid, out var klant)) klanten.Remove(klant);
    }
}

/// <summary>A klant, and what is known of it.</summary>
internal sealed class KnownKlant(string uuid)
{
    public string Uuid => uuid;

    /// <summary>The representation that was last answered.</summary>
    public string Json { get; set; } = "";

    /// <summary>The ETag of some representation that was answered.</summary>
    public string? ETag { get; set; }

    /// <summary>The uuid of an entry of its audit trail.</summary>
    public string? AuditEntry { get; set; }

    /// <summary>The representation without its url, which depends on the host of the request.</summary>
    public JsonObject Content => JsonNode.Parse(Json)!.AsObject().Without("url");
}
