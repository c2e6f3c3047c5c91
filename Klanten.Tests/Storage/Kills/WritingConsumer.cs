using System.Net;
using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Kills;

/// <summary>One of many consumers that write at the same time. Each writes klanten of its own, and expects a state of each.</summary>
internal sealed class WritingConsumer(WriteLedger ledger)
{
    /// <summary>The public address: the same after a restart on another port.</summary>
    public const string PublicUrl = "https://klanten.example";

    /// <summary>Fields that a PUT must have.</summary>
    private static readonly string[] Required = ["bronorganisatie", "klantnummer", "websiteUrl"];

    private readonly List<ExpectedKlant> klanten = [];
    private readonly HashSet<ExpectedKlant> numbered = [];

    public IReadOnlyList<ExpectedKlant> Klanten => klanten;

    public static string Path(string url) => url.Replace($"{PublicUrl}/api/v1/", "", StringComparison.Ordinal);

    /// <summary>
    /// Creates, changes, moves and deletes klanten until a request gets no answer, or one that leaves open whether it was made (503).
    /// </summary>
    public async Task WriteUntilKilledAsync(HttpClient client)
    {
        while (await WriteAsync(client))
        {
        }
    }

    /// <returns>Whether the request was answered.</returns>
    public Task<bool> CreateAsync(HttpClient client, string bronorganisatie, bool withNumber)
    {
        var klant = new ExpectedKlant(ledger.Unique());
        klanten.Add(klant);
        var body = new JsonObject
        {
            ["bronorganisatie"] = bronorganisatie,
            ["websiteUrl"] = "https://example.com",
            ["bedrijfsnaam"] = klant.Mark,
            ["functie"] = ledger.Unique(),
        };
        if (withNumber) body["klantnummer"] = ledger.Unique();
        else numbered.Add(klant);
        var sent = body.DeepClone().AsObject();
        sent["subjectType"] = "vestiging";
        sent["subjectIdentificatie"] = new JsonObject { ["vestigingsNummer"] = "000012345678", ["handelsnaam"] = Handelsnamen() };
        return SendAsync(client, "POST", "klanten", sent, klant, "create", body);
    }

    /// <summary>Compares the klanten with what the restarted program answers.</summary>
    /// <returns>Of the writes without an answer, how many were made and how many were not.</returns>
    public async Task<(int Made, int NotMade)> SettleAsync(HttpClient client, IReadOnlyDictionary<string, JsonObject> listed)
    {
        var (made, notMade) = (0, 0);
        foreach (var klant in klanten)
        {
            var found = listed.GetValueOrDefault(klant.Mark);
            var url = klant.Url ?? (string?)found?["url"];
            var read = url is null ? null : await RestartedProgram.ReadAsync(client, Path(url));
            if (!JsonNode.DeepEquals(found, read)) ledger.Fault($"{klant.Mark}: is listed otherwise than it is read.");
            var trail = url is null ? null : await RestartedProgram.ReadAsync(client, $"{Path(url)}/audittrail");
            var wasThere = klant.State is not null;
            if (klant.Settle(found, trail?.AsArray(), ledger.Fault) is not { } wasMade) continue;
            if (wasMade) made++;
            else notMade++;
            if (wasMade && !wasThere && numbered.Contains(klant)) ledger.Generated(klant.State!);
        }
        return (made, notMade);
    }

    private Task<bool> WriteAsync(HttpClient client)
    {
        var there = klanten.Where(k => k.State is not null).ToList();
        var turn = Random.Shared.Next(12);
        if (there.Count == 0 || turn < 4) return CreateAsync(client, ledger.AnyBronorganisatie, withNumber: turn % 2 == 0);
        var klant = there[Random.Shared.Next(there.Count)];
        var (change, path) = (new JsonObject { ["functie"] = ledger.Unique() }, Path(klant.Url!));
        switch (turn)
        {
            case < 6:
                return SendAsync(client, "PATCH", path, change, klant, "partial_update", Changed(klant, change));
            case < 8:
                foreach (var required in Required) change[required] = klant.State![required]!.DeepClone();
                return SendAsync(client, "PUT", path, change, klant, "update", Changed(klant, change));
            case < 10:
                // With a new klantnummer: its present one may be taken in the other bronorganisatie.
                change["bronorganisatie"] = ledger.AnyBronorganisatie;
                change["klantnummer"] = ledger.Unique();
                return SendAsync(client, "PATCH", path, change, klant, "partial_update", Changed(klant, change));
            default:
                return SendAsync(client, "DELETE", path, null, klant, "destroy", null);
        }
    }

    private async Task<bool> SendAsync(
        HttpClient client, string method, string path, JsonObject? body, ExpectedKlant klant, string actie, JsonObject? after)
    {
        klant.Sent(actie, after);
        ledger.Sent();
        try
        {
            using var response = await client.SendAsync(method, path, body);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                Assert.NotNull(response.Headers.RetryAfter);
                ledger.Unavailable();
                return false;
            }
            Assert.True(response.IsSuccessStatusCode, $"{method}: {(int)response.StatusCode}");
            klant.Answered(body is null ? null : (await response.JsonAsync()).AsObject());
            ledger.Answered(klant.Url!, actie);
            if (method == "POST" && numbered.Contains(klant)) ledger.Generated(klant.State!);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static JsonObject Changed(ExpectedKlant klant, JsonObject change)
    {
        var after = klant.State!.DeepClone().AsObject();
        foreach (var (field, value) in change) after[field] = value!.DeepClone();
        return after;
    }

    /// <summary>Sometimes very many, so that a commit has many pages and could be torn.</summary>
    private static JsonArray Handelsnamen() =>
        [.. Enumerable.Range(0, Random.Shared.Next(5) == 0 ? 100 : 1).Select(i => JsonValue.Create($"{i} {new string('x', 600)}"))];
}
