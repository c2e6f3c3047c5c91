using System.Text.Json.Nodes;
using Klanten.Tests.Support;
using static Klanten.Tests.Support.Bodies;

namespace Klanten.Tests.Conformance;

/// <summary>klant_update: the required fields must be there, what is left out stays as it is.</summary>
public abstract class Update(KlantenApi api) : Chapter(api)
{
    [Theory]
    [InlineData(NatuurlijkPersoonType)]
    [InlineData(NietNatuurlijkPersoonType)]
    [InlineData(VestigingType)]
    public async Task Every_field_can_be_replaced(string subjectType)
    {
        var klant = await Consumer.Created(OfType(subjectType, Rsin));
        var body = Volledig(subjectType, Numbers.Rsin()).With("klantnummer", "K2").With("subject", Subjects.Found());
        var updated = (await Consumer.Put(klant.Text("url"), body)).ShouldBe(200).Body;
        updated.ShouldEqual(body.With("url", klant.Text("url")));
        (await Read(klant)).ShouldEqual(updated);
    }

    [Theory]
    [InlineData(NatuurlijkPersoonType)]
    [InlineData(NietNatuurlijkPersoonType)]
    [InlineData(VestigingType)]
    public async Task Fields_that_are_left_out_keep_their_value(string subjectType)
    {
        var klant = await Consumer.Created(Volledig(subjectType, Rsin));
        (await Consumer.Put(klant.Text("url"), Klant(Rsin))).ShouldBe(200).Body.ShouldEqual(klant.With("websiteUrl", "http://example.com"));
    }

    [Theory]
    [InlineData(NatuurlijkPersoonType)]
    [InlineData(NietNatuurlijkPersoonType)]
    [InlineData(VestigingType)]
    [InlineData("")]
    [InlineData(null)]
    public async Task What_is_shown_can_be_sent_back_and_changes_nothing(string? subjectType)
    {
        var withSubject = Klant(Rsin).With("subjectType", subjectType).With("subject", Subjects.Found());
        JsonObject[] bodies = string.IsNullOrEmpty(subjectType)
            ? [withSubject]
            : [
                withSubject, OfType(subjectType, Rsin), OfType(subjectType, Rsin).With("subject", Subjects.Found()),
                Volledig(subjectType, Rsin), withSubject.With("subjectIdentificatie.verblijfsadres", null),
            ];
        foreach (var body in bodies)
        {
            var shown = await Read(await Consumer.Created(body.With("klantnummer", $"N{Array.IndexOf(bodies, body)}")));
            foreach (var method in new[] { "PUT", "PATCH" })
            {
                (await Consumer.SendJson(method, shown.Text("url"), shown)).ShouldBe(200).Body.ShouldEqual(shown);
                (await Read(shown)).ShouldEqual(shown);
            }
        }
    }

    [Fact]
    public async Task An_identification_cannot_be_taken_away_by_null()
    {
        var klant = await AKlant(("subject", Subjects.Found()));
        (await Consumer.Put(klant.Text("url"), klant.With("subjectIdentificatie", null)))
            .ShouldBeInvalid(("subjectIdentificatie", "null"));
        (await Consumer.Patch(klant.Text("url"), Json.Of("{'subjectIdentificatie':null}")))
            .ShouldBeInvalid(("subjectIdentificatie", "null"));
    }

    [Fact]
    public async Task The_klantnummer_stays_when_it_is_left_out()
    {
        var klant = await AKlant();
        var updated = (await Consumer.Put(klant.Text("url"), NatuurlijkPersoon)).ShouldBe(200).Body;
        Assert.Equal(klant.Text("klantnummer"), updated.Text("klantnummer"));
    }

    [Theory]
    [InlineData("bronorganisatie")]
    [InlineData("websiteUrl")]
    public async Task A_required_field_must_be_there(string field)
    {
        var klant = await AKlant();
        (await Consumer.Put(klant.Text("url"), klant.Without(field))).ShouldBeInvalid((field, "required"));
    }

    [Fact]
    public async Task Without_a_body_every_required_field_is_missing()
    {
        var klant = await AKlant();
        (await Consumer.Send("PUT", klant.Text("url"))).ShouldBeInvalid(("bronorganisatie", "required"), ("websiteUrl", "required"));
    }

    [Fact]
    public async Task A_klant_can_be_put_back_as_it_was_read()
    {
        var klant = await Consumer.Created(Volledig(VestigingType, Rsin));
        (await Consumer.Put(klant.Text("url"), klant)).ShouldBe(200).Body.ShouldEqual(klant);
    }

    [Fact]
    public async Task An_invalid_update_changes_nothing()
    {
        var klant = await AKlant();
        (await Consumer.Put(klant.Text("url"), NatuurlijkPersoon.With("websiteUrl", "x").With("emailadres", "x").With("achternaam", "x")))
            .ShouldBeInvalid(("websiteUrl", "invalid"), ("emailadres", "invalid"));
        (await Consumer.Put(klant.Text("url"), NatuurlijkPersoon.With("achternaam", "x").With("subjectIdentificatie.inpBsn", "1")))
            .ShouldBeInvalid(("subjectIdentificatie.inpBsn", "invalid-length"));
        (await Read(klant)).ShouldEqual(klant);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{'foo':'bar'}")]
    public async Task An_empty_adres_leaves_the_adres_as_it_is(string adres)
    {
        var klant = await Consumer.Created(Volledig(NatuurlijkPersoonType, Rsin));
        (await Consumer.Put(klant.Text("url"), klant.With("adres", Json.Of(adres)))).ShouldBe(200).Body.ShouldEqual(klant);
    }

    [Fact]
    public async Task An_adres_is_merged_key_by_key()
    {
        var klant = await Consumer.Created(Volledig(NatuurlijkPersoonType, Rsin));
        var body = Klant(Rsin).With("websiteUrl", klant.Text("websiteUrl"))
            .With("adres", Json.Of("{'straatnaam':'Dam','huisnummer':null}"));
        (await Consumer.Put(klant.Text("url"), body)).ShouldBe(200)
            .Body.ShouldEqual(klant.With("adres.straatnaam", "Dam").With("adres.huisnummer", null));
    }

    [Fact]
    public async Task An_adres_can_be_added()
    {
        var klant = await AKlant();
        var updated = (await Consumer.Put(klant.Text("url"), NatuurlijkPersoon.With("adres.straatnaam", "Dam"))).ShouldBe(200).Body;
        updated["adres"].ShouldEqual(Json.Of(
            "{'straatnaam':'Dam','huisnummer':null,'huisletter':'','huisnummertoevoeging':'','postcode':''," +
            "'woonplaatsnaam':'','landcode':''}"));
    }

    [Theory]
    [InlineData(NatuurlijkPersoonType, "geslachtsnaam")]
    [InlineData(NietNatuurlijkPersoonType, "statutaireNaam")]
    [InlineData(VestigingType, "vestigingsNummer")]
    public async Task SubjectIdentificatie_is_merged_key_by_key(string subjectType, string key)
    {
        var klant = await Consumer.Created(Volledig(subjectType, Rsin));
        var body = klant.With("subjectIdentificatie", new JsonObject { [key] = "Nieuw" });
        (await Consumer.Put(klant.Text("url"), body)).ShouldBe(200).Body.ShouldEqual(klant.With($"subjectIdentificatie.{key}", "Nieuw"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{'foo':'bar'}")]
    [InlineData("{'verblijfsadres':null,'subVerblijfBuitenland':null}")]
    public async Task An_empty_subjectIdentificatie_leaves_it_as_it_is(string identificatie)
    {
        var klant = await Consumer.Created(Volledig(NatuurlijkPersoonType, Rsin));
        (await Consumer.Put(klant.Text("url"), klant.With("subjectIdentificatie", Json.Of(identificatie))))
            .ShouldBe(200).Body.ShouldEqual(klant);
    }

    [Fact]
    public async Task A_group_of_subjectIdentificatie_is_merged_too()
    {
        var klant = await Consumer.Created(Volledig(VestigingType, Rsin));
        var body = klant.With("subjectIdentificatie", Json.Of("""
            {'verblijfsadres':{'aoaIdentificatie':'2','gorOpenbareRuimteNaam':'Plein'},
             'subVerblijfBuitenland':{'lndLandcode':'5002','lndLandnaam':'Frankrijk'}}
            """));
        (await Consumer.Put(klant.Text("url"), body)).ShouldBe(200).Body.ShouldEqual(klant
            .With("subjectIdentificatie.verblijfsadres.aoaIdentificatie", "2")
                .With("subjectIdentificatie.verblijfsadres.gorOpenbareRuimteNaam", "Plein")
            .With("subjectIdentificatie.subVerblijfBuitenland.lndLandcode", "5002")
                .With("subjectIdentificatie.subVerblijfBuitenland.lndLandnaam", "Frankrijk"));
    }

    [Fact]
    public async Task Required_fields_of_a_group_are_required_though_they_are_there_already()
    {
        var klant = await Consumer.Created(Volledig(NatuurlijkPersoonType, Rsin));
        (await Consumer.Put(
            klant.Text("url"),
            klant.With("subjectIdentificatie", Json.Of("{'verblijfsadres':{'aoaPostcode':'1'},'subVerblijfBuitenland':{}}"))))
            .ShouldBeInvalid(
                ("subjectIdentificatie.verblijfsadres.aoaIdentificatie", "required"),
                ("subjectIdentificatie.verblijfsadres.gorOpenbareRuimteNaam", "required"),
                ("subjectIdentificatie.subVerblijfBuitenland.lndLandcode", "required"),
                ("subjectIdentificatie.subVerblijfBuitenland.lndLandnaam", "required"));
        (await Read(klant)).ShouldEqual(klant);
    }

    [Fact]
    public async Task SubjectIdentificatie_may_not_be_null()
    {
        var klant = await AKlant();
        (await Consumer.Put(klant.Text("url"), klant.With("subjectIdentificatie", null))).ShouldBeInvalid(("subjectIdentificatie", "null"));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task The_answer_has_no_Location(string method)
    {
        var klant = await AKlant();
        Assert.Null((await Consumer.SendJson(method, klant.Text("url"), klant)).ShouldBe(200)["Location"]);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task A_klant_that_is_not_there_is_not_found(string method) =>
        (await Consumer.SendJson(method, $"/klanten/{Guid.NewGuid()}", NatuurlijkPersoon)).ShouldBeProblem(404, "not_found");
}
