using System.Text.Json.Nodes;
using Klanten.Tests.Support;
using static Klanten.Tests.Support.Bodies;

namespace Klanten.Tests.Conformance;

/// <summary>How a klant looks: every key there whatever was sent, always in one order.</summary>
public abstract class Representation(KlantenApi api) : Chapter(api)
{
    private const string Klant =
        "url bronorganisatie klantnummer bedrijfsnaam functie websiteUrl voornaam voorvoegselAchternaam achternaam telefoonnummer " +
        "emailadres adres subject subjectType subjectIdentificatie";

    private const string Adres = "straatnaam huisnummer huisletter huisnummertoevoeging postcode woonplaatsnaam landcode";

    private const string Verblijfsadres =
        "aoaIdentificatie wplWoonplaatsNaam gorOpenbareRuimteNaam aoaPostcode aoaHuisnummer aoaHuisletter aoaHuisnummertoevoeging " +
        "inpLocatiebeschrijving";

    private const string SubVerblijfBuitenland = "lndLandcode lndLandnaam subAdresBuitenland1 subAdresBuitenland2 subAdresBuitenland3";

    public static TheoryData<string, string> IdentificatieKeys => new()
    {
        {
            NatuurlijkPersoonType,
            "inpBsn anpIdentificatie inpANummer geslachtsnaam voorvoegselGeslachtsnaam voorletters voornamen geslachtsaanduiding " +
            "geboortedatum verblijfsadres subVerblijfBuitenland"
        },
        { NietNatuurlijkPersoonType, "innNnpId annIdentificatie statutaireNaam innRechtsvorm bezoekadres subVerblijfBuitenland" },
        { VestigingType, "vestigingsNummer handelsnaam verblijfsadres subVerblijfBuitenland" },
    };

    [Theory]
    [InlineData(NatuurlijkPersoonType)]
    [InlineData(NietNatuurlijkPersoonType)]
    [InlineData(VestigingType)]
    public async Task Every_field_that_was_sent_is_shown_as_it_was_sent(string subjectType)
    {
        var body = Volledig(subjectType, Rsin);
        var klant = await Consumer.Created(body);
        klant.ShouldEqual(body.With("url", klant.Text("url")));
    }

    [Theory]
    [InlineData(NatuurlijkPersoonType)]
    [InlineData(NietNatuurlijkPersoonType)]
    [InlineData(VestigingType)]
    public async Task What_was_created_is_what_is_read_and_listed(string subjectType)
    {
        var klant = await Consumer.Created(Volledig(subjectType, Rsin));
        (await Read(klant)).ShouldEqual(klant);
        (await Consumer.List($"bronorganisatie={Rsin}")).ShouldList(klant);
    }

    [Fact]
    public async Task The_keys_of_a_klant_come_in_the_order_of_the_standard() =>
        Assert.Equal(Klant, Order(await Consumer.Created(Volledig(VestigingType, Rsin))));

    [Fact]
    public async Task The_order_of_the_keys_does_not_follow_the_request()
    {
        var body = Volledig(NatuurlijkPersoonType, Rsin);
        var klant = await Consumer.Created(new JsonObject(body.Reverse().Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))));
        Assert.Equal(Klant, Order(klant));
    }

    [Fact]
    public async Task The_order_of_the_keys_is_the_same_when_read_and_listed()
    {
        var klant = await AKlant();
        Assert.Equal(Klant, Order(await Read(klant)));
        Assert.Equal(Klant, Order((await Consumer.List($"bronorganisatie={Rsin}")).Results.Single()!));
    }

    [Theory]
    [MemberData(nameof(IdentificatieKeys))]
    public async Task The_keys_of_subjectIdentificatie_come_in_the_order_of_its_type(string subjectType, string keys) =>
        Assert.Equal(keys, Order((await Consumer.Created(Volledig(subjectType, Rsin)))["subjectIdentificatie"]!));

    [Theory]
    [MemberData(nameof(IdentificatieKeys))]
    public async Task One_field_is_enough_to_show_every_key_of_subjectIdentificatie(string subjectType, string keys) =>
        Assert.Equal(keys, Order((await Consumer.Created(OfType(subjectType, Rsin)))["subjectIdentificatie"]!));

    [Theory]
    [InlineData("adres", Adres)]
    [InlineData("subjectIdentificatie.verblijfsadres", Verblijfsadres)]
    [InlineData("subjectIdentificatie.subVerblijfBuitenland", SubVerblijfBuitenland)]
    public async Task The_keys_of_a_group_come_in_the_order_of_the_standard(string group, string keys) =>
        Assert.Equal(keys, Order((await Consumer.Created(Volledig(NatuurlijkPersoonType, Rsin))).At(group)!));

    [Fact]
    public async Task Texts_that_are_absent_are_shown_as_empty_and_groups_as_null()
    {
        var body = NatuurlijkPersoon.With("klantnummer", "K1");
        var klant = await Consumer.Created(body);
        klant.ShouldEqual(Json.Of($$"""
            {'url':'{{klant.Text("url")}}','bronorganisatie':'{{Rsin}}','klantnummer':'K1','bedrijfsnaam':'','functie':'',
             'websiteUrl':'http://example.com','voornaam':'','voorvoegselAchternaam':'','achternaam':'','telefoonnummer':'',
             'emailadres':'','adres':null,'subject':'','subjectType':'natuurlijk_persoon',
             'subjectIdentificatie':{'inpBsn':'{{body.Text("subjectIdentificatie.inpBsn")}}','anpIdentificatie':'','inpANummer':'',
                'geslachtsnaam':'','voorvoegselGeslachtsnaam':'','voorletters':'','voornamen':'','geslachtsaanduiding':'',
                'geboortedatum':'','verblijfsadres':null,'subVerblijfBuitenland':null} }
            """));
    }

    [Fact]
    public async Task A_niet_natuurlijk_persoon_has_empty_fields_too()
    {
        var klant = await Consumer.Created(NietNatuurlijkPersoon(Rsin).With("subjectIdentificatie", Json.Of("{'bezoekadres':'Dam 1'}")));
        klant["subjectIdentificatie"].ShouldEqual(Json.Of(
            "{'innNnpId':'','annIdentificatie':'','statutaireNaam':'','innRechtsvorm':'','bezoekadres':'Dam 1'," +
            "'subVerblijfBuitenland':null}"));
    }

    [Fact]
    public async Task A_vestiging_without_handelsnaam_has_an_empty_list_of_them()
    {
        var klant = await Consumer.Created(Vestiging(Rsin));
        klant["subjectIdentificatie"].ShouldEqual(Json.Of(
            "{'vestigingsNummer':'000012345678','handelsnaam':[],'verblijfsadres':null,'subVerblijfBuitenland':null}"));
    }

    [Fact]
    public async Task A_group_with_one_field_shows_the_others_as_empty()
    {
        var klant = await AKlant(
            ("adres.postcode", "1000AA"),
            ("subjectIdentificatie.verblijfsadres", Json.Of("{'aoaIdentificatie':'1','gorOpenbareRuimteNaam':'Dam'}")),
            ("subjectIdentificatie.subVerblijfBuitenland", Json.Of("{'lndLandcode':'5010','lndLandnaam':'België'}")));
        klant["adres"].ShouldEqual(Json.Of(
            "{'straatnaam':'','huisnummer':null,'huisletter':'','huisnummertoevoeging':'','postcode':'1000AA'," +
            "'woonplaatsnaam':'','landcode':''}"));
        klant.At("subjectIdentificatie.verblijfsadres").ShouldEqual(Json.Of("""
            {'aoaIdentificatie':'1','wplWoonplaatsNaam':'','gorOpenbareRuimteNaam':'Dam','aoaPostcode':'','aoaHuisnummer':null,
             'aoaHuisletter':'','aoaHuisnummertoevoeging':'','inpLocatiebeschrijving':''}
            """));
        klant.At("subjectIdentificatie.subVerblijfBuitenland").ShouldEqual(Json.Of(
            "{'lndLandcode':'5010','lndLandnaam':'België','subAdresBuitenland1':'','subAdresBuitenland2':'','subAdresBuitenland3':''}"));
    }

    [Fact]
    public async Task The_url_holds_a_version_4_uuid_in_its_usual_form()
    {
        var url = (await AKlant()).Text("url");
        Assert.StartsWith($"{Api.Base}/klanten/", url, StringComparison.Ordinal);
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", url.Split('/')[^1]);
    }

    [Fact]
    public async Task The_url_has_the_host_that_the_consumer_called()
    {
        var klant = await AKlant();
        var elsewhere = await Consumer.Get(klant.Text("url"), ("Host", "klanten.example:8080"));
        elsewhere.ShouldBe(200).Body.ShouldEqual(
            klant.With("url", klant.Text("url").Replace(Api.Root, "http://klanten.example:8080", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("X-Forwarded-Host", "vals.example")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("X-Forwarded-Prefix", "/vals")]
    [InlineData("X-Original-Host", "vals.example")]
    [InlineData("Forwarded", "host=vals.example;proto=https")]
    public async Task A_header_of_a_proxy_does_not_change_the_url(string name, string value)
    {
        var klant = await AKlant();
        (await Consumer.Get(klant.Text("url"), (name, value))).ShouldBe(200).Body.ShouldEqual(klant);
    }

    [Fact]
    public async Task The_json_is_compact_and_leaves_every_character_as_it_is()
    {
        var klant = await AKlant(("achternaam", "Ünï 😀 <b>&'+/"), ("adres.huisnummer", 7));
        var text = (await Consumer.Get(klant.Text("url"))).ShouldBe(200).Text;
        Assert.Contains("\"achternaam\":\"Ünï 😀 <b>&'+/\",\"telefoonnummer\":\"\"", text, StringComparison.Ordinal);
        Assert.Contains("\"adres\":{\"straatnaam\":\"\",\"huisnummer\":7,\"huisletter\":\"\"", text, StringComparison.Ordinal);
    }

    private static string Order(JsonNode json) => string.Join(' ', json.Keys());
}
