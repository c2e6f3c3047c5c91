using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.ModelChecking;

/// <summary>The register as it must be, in memory: every klant in the order of the lists, and every klantnummer.</summary>
internal sealed class ModelRegister
{
    private const int PageSize = 100;

    private readonly List<ModelledKlant> klanten = [];
    private readonly ConcurrentDictionary<(string Bronorganisatie, string Klantnummer), bool> generated = new();

    public IReadOnlyList<ModelledKlant> Klanten => klanten;

    public int Generated => generated.Count;

    public void Add(ModelledKlant klant) => klanten.Add(klant);

    public void Remove(ModelledKlant klant) => klanten.Remove(klant);

    /// <summary>Puts the klanten in the order of these uuids; fails unless they are the same klanten.</summary>
    public void Order(IReadOnlyList<string> uuids)
    {
        var byUuid = klanten.ToDictionary(klant => klant.Uuid);
        Assert.Equal(byUuid.Keys.Order(StringComparer.Ordinal), uuids.Order(StringComparer.Ordinal));
        klanten.Clear();
        klanten.AddRange(uuids.Select(uuid => byUuid[uuid]));
    }

    public bool IsTaken(string bronorganisatie, string klantnummer, ModelledKlant? by = null) =>
        klanten.Exists(klant => klant != by && klant.Bronorganisatie == bronorganisatie && klant.Klantnummer == klantnummer);

    /// <summary>A number that the API made up: eight digits, and never made up before, even if its klant is gone (kla-001).</summary>
    public void CheckGenerated(JsonObject klant)
    {
        var number = klant.Text("klantnummer");
        Assert.Matches("^[1-9][0-9]{7}$", number);
        Assert.True(generated.TryAdd((klant.Text("bronorganisatie"), number), true), $"{number} was generated twice.");
    }

    /// <summary>The klanten under these filters, which are fields of the content by their dotted paths.</summary>
    public List<ModelledKlant> Find(IReadOnlyDictionary<string, string> filters) =>
        klanten.FindAll(klant => filters.All(filter => Has(klant.Content, filter.Key, filter.Value)));

    /// <summary>Fails unless the answer is this page of these klanten: each as it must be, in order, with their count.</summary>
    public static void CheckPage(Answer answer, List<ModelledKlant> found, int page)
    {
        var pages = Math.Max(1, (found.Count + PageSize - 1) / PageSize);
        if (page > pages)
        {
            answer.ShouldBeProblem(404, "not_found");
            return;
        }
        answer.ShouldBe(200);
        Assert.Equal(found.Count, (int)answer.Body["count"]!);
        Assert.Equal(page < pages, answer.Body["next"] is not null);
        Assert.Equal(page > 1, answer.Body["previous"] is not null);
        var expected = found.Skip((page - 1) * PageSize).Take(PageSize).ToList();
        Assert.Equal(expected.Select(klant => klant.Uuid), answer.Results.Select(klant => klant!.Text("url").Split('/')[^1]));
        foreach (var (klant, shown) in expected.Zip(answer.Results)) shown!.AsObject().Without("url").ShouldEqual(klant.Content);
    }

    private static bool Has(JsonObject content, string path, string value)
    {
        JsonNode? node = content;
        foreach (var name in path.Split('.')) node = (node as JsonObject)?[name];
        return node is JsonValue found && found.ToString() == value;
    }
}
