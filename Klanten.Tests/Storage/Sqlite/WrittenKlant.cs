using System.Text.Json.Nodes;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>A klant as its one writer knows it: what was answered, and the one write that was sent and not answered.</summary>
/// <param name="mark">Tells the klant from all others, also when its URL was never answered.</param>
internal sealed class WrittenKlant(string mark)
{
    private readonly List<Entry> trail = [];
    private Write? unanswered;

    public string Mark => mark;

    public string? Url { get; private set; }

    /// <summary>As last answered; null when there is no such klant.</summary>
    public JsonObject? State { get; private set; }

    /// <summary>The write is on its way: from here to its answer nobody knows whether it was made.</summary>
    /// <param name="actie">As the audit trail calls it.</param>
    /// <param name="after">What it makes of the klant: all fields, or for a new klant those that were sent; null deletes it.</param>
    public void Sent(string actie, JsonObject? after) => unanswered = new(actie, after);

    /// <summary>The write was answered with this.</summary>
    public void Answered(JsonObject? answer)
    {
        Assert.True(unanswered!.Explains(answer), $"{mark}: the answer to {unanswered.Actie} is not what was asked.");
        Keep(answer);
    }

    /// <summary>
    /// Compares what is there after a kill with what must be, and takes it for the truth from then on: the last answered
    /// state, or what the write without an answer made of it; and the audit trail that goes with it, whole and in order.
    /// </summary>
    /// <returns>Whether the write without an answer was made; null when there was none.</returns>
    public bool? Settle(JsonObject? found, JsonArray? foundTrail, Action<string> fault)
    {
        bool? made = unanswered?.Explains(found);
        if (made == true) Keep(found);
        unanswered = null;
        if (!JsonNode.DeepEquals(State, found)) fault($"{mark}: is {Describe(found)}, and was answered as {Describe(State)}.");
        var entries = foundTrail?.Select(e => new Entry((string)e!["actie"]!, e["wijzigingen"]!["oud"], e["wijzigingen"]!["nieuw"])).ToList() ?? [];
        if (entries.Count != trail.Count || !entries.Zip(trail).All(pair => pair.First.Equals(pair.Second)))
            fault($"{mark}: its trail has {entries.Count} entries ({string.Join(", ", entries.Select(e => e.Actie))}), and must have {trail.Count} ({string.Join(", ", trail.Select(e => e.Actie))}).");
        return made;
    }

    /// <summary>The unanswered write is a fact.</summary>
    private void Keep(JsonObject? after)
    {
        if (after is null) trail.Clear();
        else trail.Add(new(unanswered!.Actie, State, after));
        (State, Url, unanswered) = (after, Url ?? (string)after!["url"]!, null);
    }

    private static string Describe(JsonObject? klant) => klant is null ? "not there" : $"revision {klant["functie"]} in {klant["bronorganisatie"]}";

    private sealed record Write(string Actie, JsonObject? After)
    {
        public bool Explains(JsonObject? klant) =>
            After is null || klant is null ? After is null && klant is null : After.All(field => JsonNode.DeepEquals(field.Value, klant[field.Key]));
    }

    private sealed record Entry(string Actie, JsonNode? Oud, JsonNode? Nieuw)
    {
        public bool Equals(Entry? other) => other is not null && Actie == other.Actie && JsonNode.DeepEquals(Oud, other.Oud) && JsonNode.DeepEquals(Nieuw, other.Nieuw);

        public override int GetHashCode() => Actie.GetHashCode(StringComparison.Ordinal);
    }
}
