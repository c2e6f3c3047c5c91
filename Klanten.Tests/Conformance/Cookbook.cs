using System.Text.Json.Nodes;
using Klanten.Tests.Support;

namespace Klanten.Tests.Conformance;

/// <summary>What exact filters do to values as people write them: the rows of docs/cookbook.md, by name.</summary>
public abstract class Cookbook(KlantenApi api) : Chapter(api)
{
    private const string Nfc = "Andr\u00e9";
    private const string Nfd = "Andre\u0301";

    [Fact]
    public async Task A_name_in_NFC_does_not_find_one_in_NFD()
    {
        var (composed, decomposed) = (await AKlant(("achternaam", Nfc)), await AKlant(("achternaam", Nfd)));
        (await Find("achternaam=Andr%C3%A9")).ShouldList(composed);
        (await Find("achternaam=Andre%CC%81")).ShouldList(decomposed);
        (await Find("achternaam=Andre")).ShouldList();
    }

    [Fact]
    public async Task A_name_is_kept_in_the_form_that_was_sent()
    {
        Assert.Equal(Nfd, (await Read(await AKlant(("achternaam", Nfd)))).Text("achternaam"));
        Assert.Equal(Nfc, (await Read(await AKlant(("achternaam", Nfc)))).Text("achternaam"));
    }

    [Fact]
    public async Task Case_makes_a_difference()
    {
        var klant = await AKlant(("achternaam", "Jansen"));
        (await Find("achternaam=Jansen")).ShouldList(klant);
        (await Find("achternaam=jansen")).ShouldList();
        (await Find("achternaam=JANSEN")).ShouldList();
    }

    [Fact]
    public async Task A_part_is_not_found()
    {
        await AKlant(("achternaam", "Jansen"));
        foreach (var part in new[] { "Jans", "Jans*", "Jans%25", "ansen" }) (await Find($"achternaam={part}")).ShouldList();
    }

    [Fact]
    public async Task A_prefix_in_the_surname_is_part_of_it()
    {
        var (joined, apart) = (
            await AKlant(("achternaam", "de Vries")), await AKlant(("achternaam", "Vries"), ("voorvoegselAchternaam", "de")));
        (await Find("achternaam=Vries")).ShouldList(apart);
        (await Find("achternaam=de+Vries")).ShouldList(joined);
    }

    [Fact]
    public async Task A_postcode_with_a_space_is_another_one()
    {
        var (apart, joined) = (await AKlant(("adres.postcode", "1015 CJ")), await AKlant(("adres.postcode", "1015CJ")));
        (await Find("adres__postcode=1015%20CJ")).ShouldList(apart);
        (await Find("adres__postcode=1015CJ")).ShouldList(joined);
    }

    [Fact]
    public async Task A_postcode_in_small_letters_is_another_one()
    {
        var (small, capital) = (await AKlant(("adres.postcode", "1015cj")), await AKlant(("adres.postcode", "1015CJ")));
        (await Find("adres__postcode=1015cj")).ShouldList(small);
        (await Find("adres__postcode=1015CJ")).ShouldList(capital);
    }

    [Fact]
    public async Task A_BSN_of_8_digits_is_refused_in_a_body()
    {
        (await Consumer.Post(NatuurlijkPersoon.With("subjectIdentificatie.inpBsn", "12345672")))
            .ShouldBeInvalid(("subjectIdentificatie.inpBsn", "invalid-length"));
        var klant = await AKlant(("subjectIdentificatie.inpBsn", "012345672"));
        Assert.Equal("012345672", (await Read(klant)).Text("subjectIdentificatie.inpBsn"));
    }

    [Fact]
    public async Task A_BSN_of_8_digits_finds_nothing()
    {
        var klant = await AKlant(("subjectIdentificatie.inpBsn", "012345672"));
        (await Find("subjectNatuurlijkPersoon__inpBsn=12345672")).ShouldList();
        (await Find("subjectNatuurlijkPersoon__inpBsn=012345672")).ShouldList(klant);
    }

    [Fact]
    public async Task A_BSN_as_a_number_has_no_leading_zero()
    {
        (await Consumer.Post(NatuurlijkPersoon.With("subjectIdentificatie.inpBsn", 12345672)))
            .ShouldBeInvalid(("subjectIdentificatie.inpBsn", "invalid-length"));
        Assert.Equal("123456782", (await AKlant(("subjectIdentificatie.inpBsn", 123456782))).Text("subjectIdentificatie.inpBsn"));
    }

    [Fact]
    public async Task A_KvK_number_is_no_RSIN() =>
        (await Consumer.Post(Bodies.NietNatuurlijkPersoon(Rsin).With("subjectIdentificatie.innNnpId", "69599084")))
            .ShouldBeInvalid(("subjectIdentificatie.innNnpId", "invalid-length"));

    [Fact]
    public async Task A_plus_in_an_email_address_must_be_escaped()
    {
        var klant = await AKlant(("emailadres", "jan+werk@example.com"));
        (await Find("emailadres=jan+werk@example.com")).ShouldList();
        (await Find("emailadres=jan%2Bwerk@example.com")).ShouldList(klant);
        (await Find($"emailadres={Uri.EscapeDataString("jan+werk@example.com")}")).ShouldList(klant);
    }

    [Fact]
    public async Task A_plus_before_a_telephone_number_must_be_escaped()
    {
        var (international, other) = (await AKlant(("telefoonnummer", "+31612345678")), await AKlant(("telefoonnummer", "31612345678")));
        (await Find("telefoonnummer=+31612345678")).ShouldList(other);
        (await Find("telefoonnummer=%2B31612345678")).ShouldList(international);
    }

    [Fact]
    public async Task A_telephone_number_has_many_spellings()
    {
        foreach (var number in new[] { "06-12345678", "0612345678", "+31612345678" })
        {
            var klant = await AKlant(("telefoonnummer", number));
            (await Find($"telefoonnummer={Uri.EscapeDataString(number)}")).ShouldList(klant);
        }
    }

    [Fact]
    public async Task An_email_address_is_kept_in_its_case()
    {
        var klant = await AKlant(("emailadres", "Jan@Example.com"));
        (await Find("emailadres=jan@example.com")).ShouldList();
        (await Find("emailadres=Jan@Example.com")).ShouldList(klant);
    }

    [Fact]
    public async Task The_link_to_a_page_keeps_a_plus()
    {
        foreach (var _ in Enumerable.Range(0, 101)) await AKlant(("telefoonnummer", "+31612345678"));
        var first = await Find("telefoonnummer=%2B31612345678");
        Assert.Contains("telefoonnummer=%2B31612345678", first.Body.Text("next"), StringComparison.Ordinal);
        Assert.Single((await Consumer.Get(first.Body.Text("next"))).Results);
    }

    [Fact]
    public async Task An_empty_value_is_no_filter()
    {
        JsonObject[] all = [await AKlant(), await AKlant()];
        (await Find("subjectNatuurlijkPersoon__inpBsn=")).ShouldList(all);
        (await Find("subjectNatuurlijkPersoon__inpBsn=+")).ShouldList(all);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_no_filter()
    {
        JsonObject[] all = [await AKlant(), await AKlant()];
        (await Find("bsn=123456782")).ShouldList(all);
        (await Find("ACHTERNAAM=Jansen")).ShouldList(all);
    }

    [Fact]
    public async Task Of_a_filter_that_is_sent_twice_the_last_counts()
    {
        var (jansen, smit) = (await AKlant(("achternaam", "Jansen")), await AKlant(("achternaam", "Smit")));
        (await Find("achternaam=Jansen&achternaam=Smit")).ShouldList(smit);
        (await Find("achternaam=Smit&achternaam=Jansen")).ShouldList(jansen);
    }

    [Fact]
    public async Task An_address_stays_when_null_or_an_empty_object_is_sent()
    {
        var klant = await AKlant(("adres.postcode", "1015CJ"));
        foreach (var nothing in new JsonNode?[] { null, new JsonObject() })
        {
            var answer = await Consumer.Patch(klant.Text("url"), new JsonObject { ["adres"] = nothing?.DeepClone() });
            Assert.Equal("1015CJ", answer.ShouldBe(200).Body.Text("adres.postcode"));
        }
    }

    [Fact]
    public async Task An_address_is_emptied_by_its_seven_fields()
    {
        var klant = await AKlant(("adres.straatnaam", "Keizersgracht"), ("adres.huisnummer", 117), ("adres.landcode", "6030"));
        var empty = Json.Of("""
            {'straatnaam':'','huisnummer':null,'huisletter':'','huisnummertoevoeging':'','postcode':'','woonplaatsnaam':'','landcode':''}
            """);
        var answer = await Consumer.Patch(klant.Text("url"), new JsonObject { ["adres"] = empty });
        Assert.True(JsonNode.DeepEquals(empty, answer.ShouldBe(200).Body["adres"]));
    }

    [Fact]
    public async Task A_verblijfsadres_keeps_its_two_required_fields()
    {
        var klant = await AKlant(
            ("subjectIdentificatie.verblijfsadres", Json.Of("{'aoaIdentificatie':'0363010000000001','gorOpenbareRuimteNaam':'Dam'}")));
        var empty = Json.Of("{'subjectIdentificatie':{'verblijfsadres':{'aoaIdentificatie':'','gorOpenbareRuimteNaam':''}}}");
        (await Consumer.Patch(klant.Text("url"), empty)).ShouldBeInvalid(
            ("subjectIdentificatie.verblijfsadres.aoaIdentificatie", "blank"),
            ("subjectIdentificatie.verblijfsadres.gorOpenbareRuimteNaam", "blank"));
        var overwritten = Json.Of("{'subjectIdentificatie':{'verblijfsadres':{'aoaIdentificatie':'-','gorOpenbareRuimteNaam':'-'}}}");
        (await Consumer.Patch(klant.Text("url"), overwritten)).ShouldBe(200);
    }

    /// <summary>The list of the klanten of this test.</summary>
    private Task<Answer> Find(string query) => Consumer.List($"bronorganisatie={Rsin}&{query}");
}
