using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>
/// What clients that exist send, recorded from their own code, in both modes: as an application by the standard, and as one with the
/// dialect of Open Klant 1.x. docs/dialect.md says which client needs which.
/// </summary>
public abstract class KnownClients(KlantenApi api) : Chapter(api)
{
    private const string Standaard = "standaard";
    private const string Dialect = "dialect";

    private string Bsn { get; } = Numbers.Bsn();

    private string KvkNummer { get; } = Numbers.Rsin()[..8];

    private string Vestigingsnummer { get; } = $"0000{Numbers.Rsin()[..8]}";

    /// <summary>Client, call, body, and the status in each mode.</summary>
    public static TheoryData<string, string, string, int, int> Creates => new()
    {
        { "KISS, burger", "Numbered", "{'subjectType':'NP','subjectIdentificatie':{'inpBsn':'BSN'}}", 400, 201 },
        { "KISS, vestiging", "Numbered", "{'subjectType':'vestiging','subjectIdentificatie':{'vestigingsNummer':'VES'}}", 400, 201 },
        { "KISS, KvK", "Numbered", "{'subjectType':'NNP','subjectIdentificatie':{'innNnpId':'KVK'}}", 400, 201 },
        { "open-inwoner, burger", "Bare", "{'subjectIdentificatie':{'inpBsn':'BSN'}}", 400, 201 },
        { "open-inwoner, KvK", "Bare", "{'subjectIdentificatie':{'innNnpId':'KVK'}}", 400, 201 },
        { "open-inwoner, vestiging", "Bare", "{'subjectIdentificatie':{'vestigingsNummer':'VES'}}", 400, 201 },
        { "Valtimo, burger", "WebsiteUrl", "{'subjectType':'NP','subjectIdentificatie':{'inpBsn':'BSN'}}", 201, 201 },
        { "Valtimo, bedrijf", "WebsiteUrl", "{'subjectType':'NNP','subjectIdentificatie':{'innNnpId':'KVK'}}", 400, 201 },
        { "NL Portal, burger", "WebsiteUrl", "{'subjectType':'NP','subjectIdentificatie':{'inpBsn':'BSN'}}", 201, 201 },
        { "e-Suite, KvK", "Bare", "{'subjectType':'NNP','subjectIdentificatie':{'innNnpId':'KVK'}}", 400, 201 },
    };

    [Theory]
    [MemberData(nameof(Creates))]
    public async Task A_client_makes_a_klant(string client, string rest, string body, int standard, int dialect)
    {
        Assert.NotEmpty(client);
        var sent = rest switch
        {
            "Bare" => new JsonObject(),
            "WebsiteUrl" => Bodies.Klant(Rsin).With("telefoonnummer", "0612345678").With("emailadres", "a@example.com"),
            _ => new JsonObject { ["bronorganisatie"] = Rsin, ["klantnummer"] = Rsin[..8] },
        };
        foreach (var (key, value) in Json.Of(Fill(body))!.AsObject()) sent = sent.With(key, value);
        // The standard comes first: what it refuses leaves no klantnummer behind.
        Assert.Equal(standard, (await As(Standaard).Post(sent)).Status);
        if (standard == 201 && sent.ContainsKey("klantnummer")) sent = sent.With("klantnummer", Rsin[1..]);
        Assert.Equal(dialect, (await As(Dialect).Post(sent)).Status);
    }

    [Theory]
    [InlineData("KISS", "subjectNatuurlijkPersoon__inpBsn=BSN")]
    [InlineData("KISS", "subjectVestiging__vestigingsNummer=VES")]
    [InlineData("KISS", "subjectNietNatuurlijkPersoon__innNnpId=KVK")]
    [InlineData("open-inwoner", "subjectNatuurlijkPersoon__inpBsn=BSN")]
    [InlineData("open-inwoner", "subjectNietNatuurlijkPersoon__innNnpId=KVK")]
    [InlineData("open-inwoner", "subjectVestiging__vestigingsNummer=VES")]
    [InlineData("NotifyNL-OMC", "subjectNatuurlijkPersoon__inpBsn=BSN")]
    [InlineData("NL Portal", "subjectNatuurlijkPersoon__inpBsn=BSN")]
    [InlineData("Valtimo", "subjectNatuurlijkPersoon__inpBsn=BSN")]
    public async Task A_client_finds_a_klant_in_either_mode(string client, string query)
    {
        Assert.NotEmpty(client);
        foreach (var identificatie in new[] { "{'inpBsn':'BSN'}", "{'innNnpId':'KVK'}", "{'vestigingsNummer':'VES'}" })
        {
            await As(Dialect).Created(new JsonObject { ["subjectIdentificatie"] = Json.Of(Fill(identificatie)) });
        }
        foreach (var mode in new[] { Standaard, Dialect })
        {
            Assert.Single((await As(mode).List(Fill(query))).ShouldBe(200).Results);
        }
    }

    /// <summary>Valtimo searches a company by annIdentificatie, and writes its number in innNnpId: no mode makes the two meet.</summary>
    [Fact]
    public async Task Valtimo_does_not_find_a_company_that_it_made()
    {
        await As(Dialect).Created(new JsonObject { ["subjectIdentificatie"] = new JsonObject { ["innNnpId"] = KvkNummer } });
        Assert.Empty((await As(Dialect).List($"subjectNietNatuurlijkPersoon__annIdentificatie={KvkNummer}")).ShouldBe(200).Results);
    }

    /// <summary>Its model requires the key (JsonRequired), so that without it the whole page cannot be read.</summary>
    [Fact]
    public async Task NotifyNL_OMC_reads_aanmaakkanaal_in_the_dialect_only()
    {
        await Consumer.Created(NatuurlijkPersoon.With("subjectIdentificatie.inpBsn", Bsn));
        var query = $"bronorganisatie={Rsin}&subjectNatuurlijkPersoon__inpBsn={Bsn}";
        Assert.Equal("", (await As(Dialect).List(query)).ShouldBe(200).Results[0]!.Text("aanmaakkanaal"));
        Assert.DoesNotContain("aanmaakkanaal", (await As(Standaard).List(query)).ShouldBe(200).Results[0]!.Keys());
    }

    [Theory]
    [InlineData(Standaard)]
    [InlineData(Dialect)]
    public async Task Open_inwoner_and_NL_Portal_update_contact_data_in_either_mode(string mode)
    {
        var klant = await AKlant();
        var update = Json.Of("{'telefoonnummer':'0687654321','emailadres':'b@example.com'}");
        var patched = (await As(mode).Patch(klant.Text("url"), update)).ShouldBe(200).Body;
        Assert.Equal("0687654321", patched.Text("telefoonnummer"));
        // NL Portal sends its whole model back, the keys that it does not know left out.
        (await As(mode).Patch(klant.Text("url"), patched.Without("url", "adres", "subject", "subjectIdentificatie"))).ShouldBe(200);
        (await As(mode).Patch(klant.Text("url"), Json.Of("{'telefoonnummer':null}"))).ShouldBeInvalid(("telefoonnummer", "null"));
    }

    private Consumer As(string mode) => Api.As(mode == Dialect ? Applications.OpenKlant : Applications.Alles);

    private string Fill(string text) => text
        .Replace("'NNP'", $"'{Bodies.NietNatuurlijkPersoonType}'", StringComparison.Ordinal)
        .Replace("'NP'", $"'{Bodies.NatuurlijkPersoonType}'", StringComparison.Ordinal)
        .Replace("BSN", Bsn, StringComparison.Ordinal)
        .Replace("KVK", KvkNummer, StringComparison.Ordinal)
        .Replace("VES", Vestigingsnummer, StringComparison.Ordinal);
}
