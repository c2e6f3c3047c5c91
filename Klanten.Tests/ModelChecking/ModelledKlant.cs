using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.ModelChecking;

/// <summary>A klant as it must be: what the API shows of it without its url, and its audit trail.</summary>
/// <param name="uuid">The last part of its url.</param>
internal sealed class ModelledKlant(string uuid)
{
    private readonly List<TrailEntry> trail = [];

    public string Uuid => uuid;

    public string Path => $"/klanten/{uuid}";

    public JsonObject Content { get; private set; } = [];

    public IReadOnlyList<TrailEntry> Trail => trail;

    public string Bronorganisatie => Content.Text("bronorganisatie");

    public string Klantnummer => Content.Text("klantnummer");

    /// <summary>A klant by the answer to its creation.</summary>
    public static ModelledKlant Created(JsonObject answer)
    {
        var klant = new ModelledKlant(answer.Text("url").Split('/')[^1]);
        klant.Keep("create", answer.Without("url"), first: true);
        return klant;
    }

    public void Change(string actie, JsonObject content) => Keep(actie, content, first: false);

    /// <summary>Takes over a trail that the store shows, once it has been judged to be right.</summary>
    public void Adopt(IEnumerable<TrailEntry> entries)
    {
        trail.Clear();
        trail.AddRange(entries);
        Content = trail[^1].Nieuw;
    }

    private void Keep(string actie, JsonObject content, bool first)
    {
        trail.Add(new(actie, first ? null : Content, content));
        Content = content;
    }
}

/// <summary>An entry of an audit trail, without urls.</summary>
internal sealed record TrailEntry(string Actie, JsonObject? Oud, JsonObject Nieuw)
{
    public static TrailEntry Read(JsonNode entry) => new(
        entry.Text("actie"),
        entry.At("wijzigingen.oud")?.AsObject().Without("url"),
        entry.At("wijzigingen.nieuw")!.AsObject().Without("url"));

    public bool Equals(TrailEntry? other) =>
        other is not null && Actie == other.Actie && JsonNode.DeepEquals(Oud, other.Oud) && JsonNode.DeepEquals(Nieuw, other.Nieuw);

    public override int GetHashCode() => Actie.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"{Actie}: {Json.Write(Oud)} -> {Json.Write(Nieuw)}";
}
