using System.Net;
using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Cosmos;

/// <summary>A klant that can be created can be changed, moved and deleted: each fits in a transaction, which holds 2 MB.</summary>
public sealed class CosmosSizeTests(CosmosAccount account)
{
    /// <summary>The limits of handelsnaam, the only field of which a klant has many.</summary>
    private const int Names = 100;
    private const int Characters = 625;

    [Theory]
    [InlineData("x")]
    [InlineData("\u0001")] // six bytes in JSON
    [InlineData("\"")]
    [InlineData("\u20AC")] // three bytes
    [InlineData("\U0001F600")] // four bytes
    public async Task The_largest_klant_can_be_changed_moved_and_deleted(string character)
    {
        await using var store = new CosmosContainer(account);
        await store.InitializeAsync();
        await using var program = await KlantenHost.StartAsync(store.Settings.ToDictionary());
        var klant = Bodies.Vestiging(Numbers.Rsin());
        klant["subjectIdentificatie"]!["handelsnaam"] = Handelsnaam(character);
        using var created = await program.Client.SendAsync("POST", "klanten", klant);
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var url = created.Headers.Location!.ToString();

        // Another name in each entry, so that the trail has all of them too.
        var other = new JsonObject { ["subjectIdentificatie"] = new JsonObject { ["handelsnaam"] = Handelsnaam(character, "2") } };
        var move = new JsonObject { ["bronorganisatie"] = Numbers.Rsin() };
        JsonObject[] changes = [new() { ["functie"] = "Kok" }, other, move, new() { ["functie"] = "" }];
        foreach (var change in changes)
        {
            using var changed = await program.Client.SendAsync("PATCH", url, change);
            Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        }
        using var trail = await program.Client.SendAsync("GET", $"{url}/audittrail");
        Assert.Equal(1 + changes.Length, (await trail.JsonAsync()).AsArray().Count);
        using var deleted = await program.Client.SendAsync("DELETE", url);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
    }

    private static JsonArray Handelsnaam(string character, string first = "1")
    {
        var rest = string.Concat(Enumerable.Repeat(character, (Characters / character.Length) - 1));
        return [.. Enumerable.Range(0, Names).Select(_ => (JsonNode)(first + rest))];
    }
}
