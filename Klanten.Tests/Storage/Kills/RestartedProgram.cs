using System.Net;
using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Kills;

/// <summary>The klanten as a restarted program shows them.</summary>
internal static class RestartedProgram
{
    /// <summary>A resource; null when there is none.</summary>
    public static async Task<JsonNode?> ReadAsync(HttpClient client, string path)
    {
        using var response = await client.SendAsync("GET", path);
        if (response.StatusCode == HttpStatusCode.NotFound) return null;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.JsonAsync();
    }

    /// <summary>All klanten by their marks, as the lists show them. A difference between lists is a fault.</summary>
    public static async Task<Dictionary<string, JsonObject>> ListAsync(HttpClient client, WriteLedger ledger)
    {
        var all = await PagesAsync(client, "klanten", ledger);
        foreach (var bronorganisatie in ledger.Bronorganisaties)
        {
            var own = await PagesAsync(client, $"klanten?bronorganisatie={bronorganisatie}", ledger);
            var ofAll = all.Where(k => Text(k, "bronorganisatie") == bronorganisatie);
            if (!own.Select(Url).SequenceEqual(ofAll.Select(Url)))
            {
                ledger.Fault($"The list of {bronorganisatie} holds other klanten than the list of all.");
            }
        }
        if (all.DistinctBy(Url).Count() != all.Count) ledger.Fault("A klant is listed twice.");
        var numbers = all.Select(k => (Text(k, "bronorganisatie"), Text(k, "klantnummer")));
        if (numbers.Distinct().Count() != all.Count) ledger.Fault("A klantnummer is there twice.");
        var byMark = new Dictionary<string, JsonObject>();
        foreach (var klant in all)
        {
            var mark = Text(klant, "bedrijfsnaam");
            if (!byMark.TryAdd(mark, klant)) ledger.Fault($"{mark}: one create made two klanten.");
        }
        return byMark;
    }

    private static async Task<List<JsonObject>> PagesAsync(HttpClient client, string path, WriteLedger ledger)
    {
        var klanten = new List<JsonObject>();
        var counts = new HashSet<int>();
        for (string? next = path; next is not null;)
        {
            var page = (await ReadAsync(client, next))!;
            counts.Add((int)page["count"]!);
            klanten.AddRange(page["results"]!.AsArray().Select(k => k!.AsObject()));
            next = (string?)page["next"] is { } url ? WritingConsumer.Path(url) : null;
        }
        if (!counts.SetEquals([klanten.Count]))
        {
            ledger.Fault($"{path}: the count is {string.Join(" or ", counts)}, and its pages hold {klanten.Count}.");
        }
        return klanten;
    }

    private static string Url(JsonObject klant) => Text(klant, "url");

    private static string Text(JsonObject klant, string field) => (string)klant[field]!;
}
