using System.Text.Json.Nodes;

namespace Klanten.Tests.Storage.Kills;

/// <summary>A klant as its consumer expects it: the answered state, and the one write that was sent and not answered.</summary>
/// <param name="mark">Identifies the klant, also when no answer gave its URL.</param>
internal sealed class ExpectedKlant(string mark)
{
    private readonly List<Entry> trail = [];
    private Write? unanswered;

    public string Mark => mark;

    public string? Url { get; private set; }

    /// <summary>As last answered; null when there is no such klant.</summary>
    public JsonObject? State { get; private set; }

    /// <summary>A write was sent. Until its answer it is unknown whether it was made.</summary>
    /// <param name="actie">The word of the audit trail.</param>
    /// <param name="after">What it makes of the klant: all fields, or for a new klant those that were sent; null deletes it.</param>
    public void Sent(string actie, JsonObject? after) => unanswered = new(actie, after);

    /// <summary>The write was answered with this.</summary>
    public void Answered(JsonObject? answer)
    {
        Assert.True(unanswered!.Explains(answer), $"{mark}: the answer to {unanswered.Actie} is not what was asked.");
        Keep(answer);
    }

    /// <summary>
    /// Compares the klant after a restart with the last answered state, or with that state after the write without an answer,
    /// and its audit trail with all its entries in order. What is found is expected from then on.
    /// </summary>
    /// <returns>Whether the write without an answer was made; null when there was none.</returns>
    public bool? Settle(JsonObject? found, JsonArray? foundTrail, Action<string> fault)
    {
        bool? made = unanswered?.Explains(found);
        if (made == true) Keep(found);
        unanswered = null;
        if (!JsonNode.DeepEquals(State, found)) fault($"{mark}: is {Describe(found)}, and was answered as {Describe(State)}.");
        var entries = foundTrail?.Select(Entry.Read).ToList() ?? [];
        if (!entries.SequenceEqual(trail)) fault($"{mark}: its trail is {Describe(entries)}, and must be {Describe(trail)}.");
        return made;
    }

    /// <summary>The unanswered write was made.</summary>
    private void Keep(JsonObject? after)
    {
        if (after is null) trail.Clear();
        else trail.Add(new(unanswered!.Actie, State, after));
        (State, Url, unanswered) = (after, Url ?? (string)after!["url"]!, null);
    }

    private static string Describe(JsonObject? klant) =>
        klant is null ? "not there" : $"revision {klant["functie"]} in {klant["bronorganisatie"]}";

    private static string Describe(List<Entry> trail) => $"{trail.Count} entries ({string.Join(", ", trail.Select(e => e.Actie))})";

    private sealed record Write(string Actie, JsonObject? After)
    {
        public bool Explains(JsonObject? klant)
        {
            if (After is null || klant is null) return After is null && klant is null;
            return After.All(field => JsonNode.DeepEquals(field.Value, klant[field.Key]));
        }
    }

    private sealed record Entry(string Actie, JsonNode? Oud, JsonNode? Nieuw)
    {
        public static Entry Read(JsonNode? entry)
        {
            var changes = entry!["wijzigingen"]!;
            return new((string)entry["actie"]!, changes["oud"], changes["nieuw"]);
        }

        public bool Equals(Entry? other) =>
            other is not null
            && Actie == other.Actie
            && JsonNode.DeepEquals(Oud, other.Oud)
            && JsonNode.DeepEquals(Nieuw, other.Nieuw);

        public override int GetHashCode() => Actie.GetHashCode(StringComparison.Ordinal);
    }
}
