using System.Text.Json.Nodes;
using Klanten.Tests.Support;
using static Klanten.Tests.Support.Bodies;

namespace Klanten.Tests.Conformance;

/// <summary>
/// klant_create, but for the rules of single fields, of the klantnummer and of the subject, which have chapters of their own.
/// </summary>
public abstract class Create(KlantenApi api) : Chapter(api)
{
    [Fact]
    public async Task A_klant_needs_no_more_than_a_bronorganisatie_a_website_and_what_identifies_it() =>
        (await Consumer.Post(NatuurlijkPersoon)).ShouldBe(201);

    [Fact]
    public async Task The_header_Location_is_the_url_of_the_klant()
    {
        var answer = (await Consumer.Post(NatuurlijkPersoon)).ShouldBe(201);
        Assert.Equal(answer.Body.Text("url"), answer["Location"]);
    }

    [Theory]
    [InlineData("bronorganisatie")]
    [InlineData("websiteUrl")]
    public async Task A_required_field_must_be_there(string field) =>
        (await Consumer.Post(NatuurlijkPersoon.Without(field))).ShouldBeInvalid((field, "required"));

    [Fact]
    public async Task Without_a_body_every_required_field_is_missing() =>
        (await Consumer.Send("POST", "/klanten")).ShouldBeInvalid(("bronorganisatie", "required"), ("websiteUrl", "required"));

    [Fact]
    public async Task An_empty_object_lacks_every_required_field() =>
        (await Consumer.Post(new JsonObject())).ShouldBeInvalid(("bronorganisatie", "required"), ("websiteUrl", "required"));

    [Theory]
    [InlineData("{'foo':1,'url':'x','uuid':'x','':1,'1':2}")]
    [InlineData("{'adres':{'foo':1},'subjectIdentificatie':{'inpBsn':'','foo':{'bar':[]}}}")]
    [InlineData("{'Bedrijfsnaam':'x','BEDRIJFSNAAM':'x'}")]
    public async Task Unknown_keys_are_ignored(string extra)
    {
        var body = NatuurlijkPersoon;
        foreach (var (key, value) in Json.Of(extra)!.AsObject()) body[key] = value?.DeepClone();
        var klant = await Consumer.Created(body);
        Assert.StartsWith(Api.Base, klant.Text("url"), StringComparison.Ordinal);
        Assert.Equal("", klant.Text("bedrijfsnaam"));
        Assert.Null(klant["adres"]);
        Assert.Equal(11, klant["subjectIdentificatie"]!.AsObject().Count);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{'foo':'bar','Straatnaam':'x'}")]
    public async Task An_adres_without_any_known_key_is_no_adres(string adres) =>
        Assert.Null((await AKlant(("adres", Json.Of(adres))))["adres"]);

    [Theory]
    [InlineData("{'huisnummer':null}")]
    [InlineData("{'straatnaam':''}")]
    [InlineData("{'landcode':' ','foo':1}")]
    public async Task An_adres_with_one_empty_field_is_an_adres(string adres) =>
        (await AKlant(("adres", Json.Of(adres))))["adres"].ShouldEqual(Json.Of(
            "{'straatnaam':'','huisnummer':null,'huisletter':'','huisnummertoevoeging':'','postcode':''," +
            "'woonplaatsnaam':'','landcode':''}"));

    [Theory]
    [InlineData("adres")]
    [InlineData("subjectIdentificatie")]
    [InlineData("subjectIdentificatie.verblijfsadres")]
    [InlineData("subjectIdentificatie.subVerblijfBuitenland")]
    public async Task A_group_must_be_an_object(string group)
    {
        foreach (var json in new[] { "'x'", "''", "[]", "[{}]", "1", "1.5", "true", "false" })
            (await Consumer.Post(NatuurlijkPersoon.With(group, Json.Of(json)))).ShouldBeInvalid(($"{group}.nonFieldErrors", "invalid"));
    }

    [Theory]
    [InlineData(NatuurlijkPersoonType, "verblijfsadres")]
    [InlineData(NatuurlijkPersoonType, "subVerblijfBuitenland")]
    [InlineData(NietNatuurlijkPersoonType, "subVerblijfBuitenland")]
    [InlineData(VestigingType, "verblijfsadres")]
    [InlineData(VestigingType, "subVerblijfBuitenland")]
    public async Task A_group_of_subjectIdentificatie_may_be_null(string subjectType, string group) =>
        Assert.Null(
            (await Consumer.Created(OfType(subjectType, Rsin).With($"subjectIdentificatie.{group}", null)))
                .At($"subjectIdentificatie.{group}"));

    [Theory]
    [InlineData(NatuurlijkPersoonType, "verblijfsadres", "aoaIdentificatie", "gorOpenbareRuimteNaam")]
    [InlineData(NatuurlijkPersoonType, "subVerblijfBuitenland", "lndLandcode", "lndLandnaam")]
    [InlineData(NietNatuurlijkPersoonType, "subVerblijfBuitenland", "lndLandcode", "lndLandnaam")]
    [InlineData(VestigingType, "verblijfsadres", "aoaIdentificatie", "gorOpenbareRuimteNaam")]
    [InlineData(VestigingType, "subVerblijfBuitenland", "lndLandcode", "lndLandnaam")]
    public async Task A_group_of_subjectIdentificatie_has_required_fields(string subjectType, string group, string first, string second)
    {
        var path = $"subjectIdentificatie.{group}";
        var body = Volledig(subjectType, Rsin);
        (await Consumer.Post(body.With(path, new JsonObject())))
            .ShouldBeInvalid(($"{path}.{first}", "required"), ($"{path}.{second}", "required"));
        (await Consumer.Post(body.Without($"{path}.{first}"))).ShouldBeInvalid(($"{path}.{first}", "required"));
        (await Consumer.Post(body.Without($"{path}.{second}"))).ShouldBeInvalid(($"{path}.{second}", "required"));
    }

    [Fact]
    public async Task All_errors_of_the_klant_are_reported_in_the_order_of_its_fields() =>
        (await Consumer.Post(Json.Of("""
            {'subjectType':'foo','emailadres':'x','adres':{'huisletter':'abc','huisnummer':'abc'},'subjectIdentificatie':{'inpBsn':'1'}}
            """))).ShouldBeInvalid(
            ("bronorganisatie", "required"), ("websiteUrl", "required"), ("emailadres", "invalid"),
            ("adres.huisnummer", "invalid"), ("adres.huisletter", "max_length"), ("subjectType", "invalid_choice"));

    [Fact]
    public async Task All_errors_of_subjectIdentificatie_are_reported_in_the_order_of_its_fields() =>
        (await Consumer.Post(NatuurlijkPersoon.With("subjectIdentificatie", Json.Of("""
            {'subVerblijfBuitenland':{'subAdresBuitenland2':null,'lndLandcode':'12345'},'verblijfsadres':{'aoaHuisnummer':'x'},
             'geslachtsaanduiding':'x','inpANummer':'1','inpBsn':'123456789'}
            """)))).ShouldBeInvalid(
            ("subjectIdentificatie.inpBsn", "invalid"),
            ("subjectIdentificatie.inpA_nummer", "a-nummer-incorrect-format"),
            ("subjectIdentificatie.geslachtsaanduiding", "invalid_choice"),
            ("subjectIdentificatie.verblijfsadres.aoaIdentificatie", "required"),
            ("subjectIdentificatie.verblijfsadres.gorOpenbareRuimteNaam", "required"),
            ("subjectIdentificatie.verblijfsadres.aoaHuisnummer", "invalid"),
            ("subjectIdentificatie.subVerblijfBuitenland.lndLandcode", "max_length"),
            ("subjectIdentificatie.subVerblijfBuitenland.lndLandnaam", "required"),
            ("subjectIdentificatie.subVerblijfBuitenland.subAdresBuitenland_2", "null"));

    [Theory]
    [InlineData("emailadres", "x")]
    [InlineData("adres.huisletter", "xx")]
    [InlineData("klantnummer", "123456789")]
    public async Task SubjectIdentificatie_is_looked_at_only_when_the_rest_is_in_order(string path, string wrong)
    {
        var answer = await Consumer.Post(NatuurlijkPersoon.With("subjectIdentificatie.inpBsn", "1").With(path, wrong));
        Assert.Equal([path], answer.ShouldBeProblem(400, "invalid").Body["invalidParams"]!.AsArray().Select(e => e!.Text("name")));
    }

    [Fact]
    public async Task Whether_the_klantnummer_is_free_is_looked_at_only_when_every_field_is_in_order()
    {
        await AKlant(("klantnummer", "K1"));
        (await Consumer.Post(NatuurlijkPersoon.With("klantnummer", "K1").With("subjectIdentificatie.inpBsn", "1")))
            .ShouldBeInvalid(("subjectIdentificatie.inpBsn", "invalid-length"));
    }

    [Fact]
    public async Task Whether_there_is_a_subject_is_looked_at_last()
    {
        await AKlant(("klantnummer", "K1"));
        (await Consumer.Post(Klant(Rsin).With("klantnummer", "K1"))).ShouldBeInvalid(("nonFieldErrors", "unique"));
        (await Consumer.Post(Klant(Rsin).With("klantnummer", "K2"))).ShouldBeInvalid(("nonFieldErrors", "invalid-subject"));
    }

    [Fact]
    public async Task A_klant_that_was_refused_is_not_kept()
    {
        (await Consumer.Post(NatuurlijkPersoon.With("emailadres", "x"))).ShouldBe(400);
        (await Consumer.List($"bronorganisatie={Rsin}")).ShouldList();
    }

    [Fact]
    public async Task Every_field_may_be_too_long_at_once()
    {
        var body = Volledig(NatuurlijkPersoonType, "1234567890")
            .With("klantnummer", Long(9)).With("bedrijfsnaam", Long(201)).With("functie", Long(201))
            .With("websiteUrl", $"http://example.com/{Long(1000)}").With("voornaam", Long(201)).With("voorvoegselAchternaam", Long(11))
            .With("achternaam", Long(201)).With("telefoonnummer", Long(21)).With("emailadres", Long(255))
            .With("adres", new JsonObject
            {
                ["straatnaam"] = Long(101),
                ["huisnummer"] = 100000,
                ["huisletter"] = Long(2),
                ["huisnummertoevoeging"] = Long(5),
                ["postcode"] = Long(8),
                ["woonplaatsnaam"] = Long(81),
                ["landcode"] = Long(5),
            })
            .With("subject", $"{Subjects.Answering("404")}{Long(1000)}");
        (await Consumer.Post(body)).ShouldBeInvalid(
            ("bronorganisatie", "invalid-length"), ("bronorganisatie", "max_length"), ("klantnummer", "max_length"),
            ("bedrijfsnaam", "max_length"), ("functie", "max_length"), ("websiteUrl", "max_length"), ("voornaam", "max_length"),
            ("voorvoegselAchternaam", "max_length"), ("achternaam", "max_length"), ("telefoonnummer", "max_length"),
            ("emailadres", "max_length"), ("emailadres", "invalid"), ("adres.straatnaam", "max_length"), ("adres.huisnummer", "max_value"),
            ("adres.huisletter", "max_length"), ("adres.huisnummertoevoeging", "max_length"), ("adres.postcode", "max_length"),
            ("adres.woonplaatsnaam", "max_length"), ("adres.landcode", "max_length"), ("subject", "bad-url"), ("subject", "max_length"));
    }

    private static string Long(int length) => new('x', length);
}
