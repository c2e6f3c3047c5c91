using System.Text.Json.Nodes;
using Klanten.Tests.Support;
using static Klanten.Tests.Support.Bodies;

namespace Klanten.Tests.Conformance;

/// <summary>klant_partial_update: what is sent is merged into the klant.</summary>
public abstract class PartialUpdate(KlantenApi api) : Chapter(api)
{
    [Theory]
    [InlineData("{}")]
    [InlineData("{'foo':'bar','url':'x','uuid':'x'}")]
    [InlineData("{'adres':null}")]
    [InlineData("{'adres':{}}")]
    [InlineData("{'adres':{'foo':1}}")]
    [InlineData("{'subjectIdentificatie':{}}")]
    [InlineData("{'subjectIdentificatie':{'foo':1,'handelsnaam':['x']}}")]
    [InlineData("{'subjectIdentificatie':{'verblijfsadres':null}}")]
    [InlineData("{'subjectIdentificatie':{'subVerblijfBuitenland':null}}")]
    public async Task An_empty_body_changes_nothing(string body)
    {
        var klant = await Consumer.Created(Volledig(NatuurlijkPersoonType, Rsin));
        (await Consumer.Patch(klant.Text("url"), Json.Of(body))).ShouldBe(200).Body.ShouldEqual(klant);
        (await Read(klant)).ShouldEqual(klant);
    }

    [Fact]
    public async Task A_request_without_a_body_changes_nothing()
    {
        var klant = await AKlant();
        (await Consumer.Send("PATCH", klant.Text("url"))).ShouldBe(200).Body.ShouldEqual(klant);
    }

    [Theory]
    [MemberData(nameof(Fields.OptionalTexts), MemberType = typeof(Fields))]
    public async Task A_text_can_be_emptied_and_filled_but_is_never_null(string subjectType, string path)
    {
        var klant = await Consumer.Created(Volledig(subjectType, Rsin));
        await Changes(klant, path, "", "");
        await Changes(klant, path, 7, "7");
        (await Consumer.Patch(klant.Text("url"), Only(klant, path, null))).ShouldBeInvalid((Fields.ErrorName(path), "null"));
        (await Read(klant)).ShouldEqual(klant.With(path, "7"));
    }

    [Theory]
    [InlineData("bronorganisatie", "''", "blank")]
    [InlineData("bronorganisatie", "null", "null")]
    [InlineData("bronorganisatie", "7", "invalid-length")]
    [InlineData("bronorganisatie", "'123456789'", "invalid")]
    [InlineData("klantnummer", "''", "blank")]
    [InlineData("klantnummer", "null", "null")]
    [InlineData("klantnummer", "'123456789'", "max_length")]
    [InlineData("websiteUrl", "''", "blank")]
    [InlineData("websiteUrl", "null", "null")]
    [InlineData("websiteUrl", "7", "invalid")]
    [InlineData("emailadres", "null", "null")]
    [InlineData("emailadres", "7", "invalid")]
    [InlineData("subject", "null", "null")]
    [InlineData("subjectIdentificatie", "null", "null")]
    [InlineData("adres", "'x'", "nonFieldErrors invalid")]
    [InlineData("adres", "[]", "nonFieldErrors invalid")]
    [InlineData("subjectIdentificatie", "'x'", "nonFieldErrors invalid")]
    [InlineData("subjectIdentificatie.verblijfsadres", "[]", "nonFieldErrors invalid")]
    public async Task A_value_that_is_refused_on_create_is_refused_here(string path, string json, string code)
    {
        var klant = await Consumer.Created(Volledig(NatuurlijkPersoonType, Rsin));
        var name = code.StartsWith("nonFieldErrors", StringComparison.Ordinal) ? $"{path}.nonFieldErrors" : path;
        (await Consumer.Patch(klant.Text("url"), new JsonObject().With(path, Json.Of(json)))).ShouldBeInvalid((name, code.Split(' ')[^1]));
        (await Read(klant)).ShouldEqual(klant);
    }

    [Fact]
    public async Task The_necessary_fields_can_be_changed()
    {
        var klant = await AKlant();
        var other = Numbers.Rsin();
        await Changes(klant, "bronorganisatie", other, other);
        var changed = klant.With("bronorganisatie", other);
        await Changes(changed, "klantnummer", "NIEUW", "NIEUW");
        await Changes(changed.With("klantnummer", "NIEUW"), "websiteUrl", "https://example.com/x", "https://example.com/x");
    }

    [Fact]
    public async Task Wrong_values_beside_right_ones_change_nothing()
    {
        var klant = await AKlant();
        (await Consumer.Patch(klant.Text("url"), Json.Of("{'achternaam':'x','emailadres':'x','functie':null}")))
            .ShouldBeInvalid(("functie", "null"), ("emailadres", "invalid"));
        (await Read(klant)).ShouldEqual(klant);
    }

    [Fact]
    public async Task A_house_number_can_be_taken_away()
    {
        var klant = await Consumer.Created(Volledig(NatuurlijkPersoonType, Rsin));
        await Changes(klant, "adres.huisnummer", null, null);
    }

    [Fact]
    public async Task An_adres_can_be_added()
    {
        var klant = await AKlant();
        var changed = (await Consumer.Patch(klant.Text("url"), Json.Of("{'adres':{'postcode':'1000AA'}}"))).ShouldBe(200).Body;
        changed.ShouldEqual(klant.With("adres", Json.Of(
            "{'straatnaam':'','huisnummer':null,'huisletter':'','huisnummertoevoeging':'','postcode':'1000AA'," +
            "'woonplaatsnaam':'','landcode':''}")));
        (await Read(klant)).ShouldEqual(changed);
    }

    [Theory]
    [InlineData("verblijfsadres", "{'aoaPostcode':'9999ZZ'}", "aoaIdentificatie gorOpenbareRuimteNaam")]
    [InlineData("verblijfsadres", "{'aoaIdentificatie':'9'}", "gorOpenbareRuimteNaam")]
    [InlineData("verblijfsadres", "{}", "aoaIdentificatie gorOpenbareRuimteNaam")]
    [InlineData("subVerblijfBuitenland", "{'lndLandnaam':'Frankrijk'}", "lndLandcode")]
    [InlineData("subVerblijfBuitenland", "{'subAdresBuitenland1':''}", "lndLandcode lndLandnaam")]
    public async Task Required_fields_of_a_group_are_required_though_they_are_there_already(string group, string json, string missing)
    {
        var klant = await Consumer.Created(Volledig(NatuurlijkPersoonType, Rsin));
        var path = $"subjectIdentificatie.{group}";
        (await Consumer.Patch(klant.Text("url"), new JsonObject().With(path, Json.Of(json))))
            .ShouldBeInvalid([.. missing.Split(' ').Select(m => ($"{path}.{m}", "required"))]);
        (await Read(klant)).ShouldEqual(klant);
    }

    [Fact]
    public async Task A_group_of_subjectIdentificatie_can_be_added()
    {
        var klant = await Consumer.Created(Vestiging(Rsin));
        await Changes(klant, "subjectIdentificatie.subVerblijfBuitenland",
            Json.Of("{'lndLandcode':'5002','lndLandnaam':'Frankrijk'}"),
            Json.Of(
                "{'lndLandcode':'5002','lndLandnaam':'Frankrijk','subAdresBuitenland1':'','subAdresBuitenland2':''," +
                "'subAdresBuitenland3':''}"));
    }

    [Theory]
    [InlineData("['Z']")]
    [InlineData("[]")]
    public async Task Handelsnaam_is_replaced_as_a_whole(string namen)
    {
        var klant = await Consumer.Created(Volledig(VestigingType, Rsin));
        await Changes(klant, "subjectIdentificatie.handelsnaam", Json.Of(namen), Json.Of(namen));
        (await Consumer.Patch(klant.Text("url"), Json.Of("{'subjectIdentificatie':{'handelsnaam':null}}")))
            .ShouldBeInvalid(("subjectIdentificatie.handelsnaam", "null"));
    }

    [Fact]
    public async Task A_chosen_value_can_be_taken_away()
    {
        var persoon = await Consumer.Created(Volledig(NatuurlijkPersoonType, Rsin));
        await Changes(persoon, "subjectIdentificatie.geslachtsaanduiding", "", "");
        var bedrijf = await Consumer.Created(Volledig(NietNatuurlijkPersoonType, Rsin).With("klantnummer", "K2"));
        await Changes(bedrijf, "subjectIdentificatie.innRechtsvorm", "", "");
    }

    [Fact]
    public async Task Changes_of_different_fields_at_the_same_time_are_all_kept()
    {
        var klant = await AKlant();
        string[] fields = ["bedrijfsnaam", "functie", "voornaam", "voorvoegselAchternaam", "achternaam", "telefoonnummer"];
        var answers = await Task.WhenAll(fields.Select(f => Consumer.Patch(klant.Text("url"), new JsonObject { [f] = f[..5] })));
        // A 409 is allowed when another write came first; a success that did not happen is not.
        Assert.All(answers, a => Assert.True(a.Status is 200 or 409, a.ToString()));
        var done = fields.Where((_, i) => answers[i].Status == 200).ToArray();
        (await Read(klant)).ShouldEqual(done.Aggregate(klant, (k, f) => k.With(f, f[..5])));
        Assert.Equal(1 + done.Length, (await AuditTrail(klant)).Count);
    }

    private async Task Changes(JsonObject klant, string path, JsonNode? sent, JsonNode? shown)
    {
        var expected = klant.With(path, shown);
        (await Consumer.Patch(klant.Text("url"), Only(klant, path, sent))).ShouldBe(200).Body.ShouldEqual(expected);
        (await Read(klant)).ShouldEqual(expected);
    }

    /// <summary>A body with one field, and what is required beside it.</summary>
    private static JsonObject Only(JsonObject klant, string path, JsonNode? value)
    {
        var body = new JsonObject();
        string[] beside = path switch
        {
            _ when path.Contains("verblijfsadres.", StringComparison.Ordinal) => ["aoaIdentificatie", "gorOpenbareRuimteNaam"],
            _ when path.Contains("subVerblijfBuitenland.", StringComparison.Ordinal) => ["lndLandcode", "lndLandnaam"],
            _ => [],
        };
        foreach (var name in beside)
        {
            var required = $"{path[..path.LastIndexOf('.')]}.{name}";
            body = body.With(required, klant.At(required));
        }
        return body.With(path, value);
    }
}
