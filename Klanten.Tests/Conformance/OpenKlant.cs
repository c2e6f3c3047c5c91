using System.Text.Json.Nodes;
using Klanten.Tests.Support;
using static Klanten.Tests.Support.Bodies;

namespace Klanten.Tests.Conformance;

/// <summary>
/// The dialect of Open Klant 1.x, for the applications that are configured for it. Other applications see the standard, and what they
/// change leaves alone what they do not see.
/// </summary>
public abstract class OpenKlant(KlantenApi api) : Chapter(api)
{
    private const string Geboortedatum = "subjectNatuurlijkPersoon__geboortedatum";

    /// <summary>An application with the dialect.</summary>
    private Consumer Speaker => Api.As(Applications.OpenKlant);

    [Fact]
    public async Task The_fields_that_it_adds_are_taken_kept_and_given()
    {
        var created = await Speaker.Created(NatuurlijkPersoon.With("aanmaakkanaal", "balie").With("geverifieerd", true));
        Assert.Equal(["aanmaakkanaal", "geverifieerd"], created.Keys()[^2..]);
        Assert.Equal(("balie", true), Added(created));
        Assert.Equal(("balie", true), Added((await Speaker.Get(created.Text("url"))).ShouldBe(200).Body));
        Assert.Equal(("balie", true), Added((await Speaker.List($"bronorganisatie={Rsin}")).ShouldBe(200).Results[0]!));

        var patched = (await Speaker.Patch(created.Text("url"), Json.Of("{'geverifieerd':false}"))).ShouldBe(200).Body;
        Assert.Equal(("balie", false), Added(patched));
        var put = (await Speaker.Put(created.Text("url"), Klant(Rsin).With("aanmaakkanaal", ""))).ShouldBe(200).Body;
        Assert.Equal(("", false), Added(put));

        var trail = (await Speaker.Get($"{created.Text("url")}/audittrail")).ShouldBe(200).Json!.AsArray();
        Assert.Equal(
            [("balie", true), ("balie", false), ("", false)], trail.Select(entry => Added(entry!.At("wijzigingen.nieuw")!)));
        var entry = (await Speaker.Get($"{created.Text("url")}/audittrail/{trail[1]!.Text("uuid")}")).ShouldBe(200).Body;
        entry.ShouldEqual(trail[1]);
    }

    [Fact]
    public async Task A_klant_that_another_application_made_has_the_fields_without_a_value()
    {
        var klant = await AKlant();
        var seen = (await Speaker.Get(klant.Text("url"))).ShouldBe(200).Body;
        Assert.Equal(("", false), Added(seen));
        seen.Without("aanmaakkanaal", "geverifieerd").ShouldEqual(klant);
    }

    [Theory]
    [InlineData(NatuurlijkPersoonType)]
    [InlineData(NietNatuurlijkPersoonType)]
    [InlineData(VestigingType)]
    [InlineData("")]
    [InlineData(null)]
    public async Task Another_application_is_answered_by_the_standard_to_the_byte(string? subjectType)
    {
        var body = string.IsNullOrEmpty(subjectType) ? Klant(Rsin).With("subjectType", subjectType) : OfType(subjectType, Rsin);
        var klant = await Consumer.Created(body.With("subject", Subjects.Found()).With("achternaam", ",\"aanmaakkanaal\":\"x\"}"));
        var url = klant.Text("url");
        var read = (await Consumer.Get(url)).ShouldBe(200);
        var list = (await Consumer.List($"bronorganisatie={Rsin}")).ShouldBe(200);

        const string Kanaal = "\",\"geverifieerd\":true}";
        (await Speaker.Patch(url, new JsonObject { ["aanmaakkanaal"] = Kanaal, ["geverifieerd"] = true })).ShouldBe(200);
        var after = (await Consumer.Get(url)).ShouldBe(200);
        Assert.Equal((read.Text, read.ETag), (after.Text, after.ETag));
        Assert.Equal(list.Text, (await Consumer.List($"bronorganisatie={Rsin}")).ShouldBe(200).Text);
        (await Consumer.Get(url, ("If-None-Match", read.ETag))).ShouldBe(304);
        var trail = (await Consumer.Get($"{url}/audittrail")).ShouldBe(200).Json!.AsArray();
        Assert.All(trail, entry => entry!.At("wijzigingen.nieuw").ShouldEqual(klant));
        Assert.Equal((Kanaal, true), Added((await Speaker.Get(url)).ShouldBe(200).Body));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("PATCH")]
    public async Task What_another_application_changes_leaves_the_fields_as_they_are(string method)
    {
        var klant = await Speaker.Created(NatuurlijkPersoon.With("aanmaakkanaal", "balie").With("geverifieerd", true));
        var body = Klant(Rsin).With("achternaam", "Vries").With("aanmaakkanaal", "telefoon").With("geverifieerd", false);
        var changed = (await Consumer.SendJson(method, klant.Text("url"), body)).ShouldBe(200).Body;
        Assert.DoesNotContain("geverifieerd", changed.Keys());
        var seen = (await Speaker.Get(klant.Text("url"))).ShouldBe(200).Body;
        Assert.Equal(("balie", true), Added(seen));
        Assert.Equal("Vries", seen.Text("achternaam"));
    }

    [Fact]
    public async Task A_klant_that_moves_to_another_bronorganisatie_takes_the_fields_along()
    {
        var klant = await Speaker.Created(NatuurlijkPersoon.With("aanmaakkanaal", "balie"));
        (await Consumer.Patch(klant.Text("url"), new JsonObject { ["bronorganisatie"] = Numbers.Rsin() })).ShouldBe(200);
        Assert.Equal(("balie", false), Added((await Speaker.Get(klant.Text("url"))).ShouldBe(200).Body));
    }

    [Fact]
    public async Task Each_application_has_ETags_of_its_own()
    {
        var klant = await Speaker.Created(NatuurlijkPersoon);
        var seen = (await Speaker.Get(klant.Text("url"))).ShouldBe(200);
        Assert.NotEqual((await Consumer.Get(klant.Text("url"))).ShouldBe(200).ETag, seen.ETag);
        (await Speaker.Get(klant.Text("url"), ("If-None-Match", seen.ETag))).ShouldBe(304);
        var verified = Json.Of("{'geverifieerd':true}");
        (await Speaker.Patch(klant.Text("url"), verified, ("If-Match", seen.ETag))).ShouldBe(200);
        (await Speaker.Patch(klant.Text("url"), verified, ("If-Match", seen.ETag))).ShouldBeProblem(412, "precondition_failed");
    }

    [Theory]
    [InlineData("{'aanmaakkanaal':null}", "aanmaakkanaal", "null")]
    [InlineData("{'aanmaakkanaal':['x']}", "aanmaakkanaal", "invalid")]
    [InlineData("{'aanmaakkanaal':'123456789012345678901234567890123456789012345678901'}", "aanmaakkanaal", "max_length")]
    [InlineData("{'geverifieerd':null}", "geverifieerd", "null")]
    [InlineData("{'geverifieerd':'misschien'}", "geverifieerd", "invalid")]
    [InlineData("{'geverifieerd':2}", "geverifieerd", "invalid")]
    [InlineData("{'geverifieerd':{}}", "geverifieerd", "invalid")]
    [InlineData("{'websiteUrl':'geen url'}", "websiteUrl", "invalid")]
    [InlineData("{'websiteUrl':null}", "websiteUrl", "null")]
    public async Task A_value_that_is_wrong_is_refused(string change, string name, string code)
    {
        var body = NatuurlijkPersoon;
        foreach (var (key, value) in Json.Of(change)!.AsObject()) body = body.With(key, value);
        (await Speaker.Post(body)).ShouldBeInvalid((name, code));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("1.0", true)]
    [InlineData("\"true\"", true)]
    [InlineData("\"False\"", false)]
    [InlineData("\"on\"", true)]
    public async Task Geverifieerd_is_read_as_the_framework_of_Open_Klant_reads_it(string sent, bool kept)
    {
        var klant = await Speaker.Created(NatuurlijkPersoon.With("geverifieerd", JsonNode.Parse(sent)));
        Assert.Equal(("", kept), Added(klant));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WebsiteUrl_may_be_left_out_and_is_kept_empty(bool empty)
    {
        var body = empty ? NatuurlijkPersoon.With("websiteUrl", "") : NatuurlijkPersoon.Without("websiteUrl");
        var klant = await Speaker.Created(body);
        Assert.Equal("", klant.Text("websiteUrl"));
        Assert.Equal("", (await Read(klant)).Text("websiteUrl"));
        (await Consumer.Patch(klant.Text("url"), Json.Of("{'achternaam':'Vries'}"))).ShouldBe(200);
        (await Speaker.Put(klant.Text("url"), new JsonObject { ["bronorganisatie"] = Rsin })).ShouldBe(200);
        (await Consumer.Post(body)).ShouldBeInvalid(("websiteUrl", empty ? "blank" : "required"));
    }

    [Theory]
    [InlineData("inpBsn", "123456782", NatuurlijkPersoonType)]
    [InlineData("anpIdentificatie", "1", NatuurlijkPersoonType)]
    [InlineData("innNnpId", "12345678", NietNatuurlijkPersoonType)]
    [InlineData("annIdentificatie", "1", NietNatuurlijkPersoonType)]
    [InlineData("vestigingsNummer", "000012345678", VestigingType)]
    public async Task An_identification_is_enough_to_make_a_klant(string key, string value, string subjectType)
    {
        var klant = await Speaker.Created(new JsonObject { ["subjectIdentificatie"] = new JsonObject { [key] = value } });
        Assert.Equal(Applications.OpenKlant.Bronorganisatie, klant.Text("bronorganisatie"));
        Assert.Equal(subjectType, klant.Text("subjectType"));
        Assert.Equal(value, klant.Text($"subjectIdentificatie.{key}"));
        Assert.Equal(8, klant.Text("klantnummer").Length);
    }

    [Theory]
    [InlineData("{'subVerblijfBuitenland':{'lndLandcode':'5010','lndLandnaam':'België'}}")]
    [InlineData("{'inpBsn':'123456782','vestigingsNummer':'1'}")]
    [InlineData("{}")]
    public async Task An_identification_of_no_type_in_particular_is_not_enough(string identificatie) =>
        (await Speaker.Post(new JsonObject { ["subjectIdentificatie"] = Json.Of(identificatie) }))
            .ShouldBeInvalid(("nonFieldErrors", "invalid-subject"));

    [Fact]
    public async Task What_the_body_names_goes_before_what_is_configured()
    {
        var klant = await Speaker.Created(NatuurlijkPersoon);
        Assert.Equal(Rsin, klant.Text("bronorganisatie"));
        (await Speaker.Post(NatuurlijkPersoon.With("bronorganisatie", ""))).ShouldBeInvalid(("bronorganisatie", "blank"));
        (await Consumer.Post(NatuurlijkPersoon.Without("bronorganisatie"))).ShouldBeInvalid(("bronorganisatie", "required"));
    }

    [Fact]
    public async Task An_update_names_what_a_new_klant_may_leave_out()
    {
        var klant = await Speaker.Created(NatuurlijkPersoon);
        (await Speaker.Put(klant.Text("url"), NatuurlijkPersoon.Without("bronorganisatie")))
            .ShouldBeInvalid(("bronorganisatie", "required"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("12")]
    public async Task A_body_that_is_no_object_is_refused_as_ever(string body) =>
        (await Speaker.SendText("POST", "/klanten", body)).ShouldBeInvalid(("nonFieldErrors", body == "null" ? "null" : "invalid"));

    [Theory]
    [InlineData("12345678", null)]
    [InlineData("00000000", null)]
    [InlineData("1234567", "invalid-length")]
    [InlineData("1234567a", "only-digits")]
    [InlineData("123456789", "invalid")]
    public async Task A_KvK_number_may_be_in_innNnpId(string number, string? code)
    {
        var body = NietNatuurlijkPersoon(Rsin).With("subjectIdentificatie.innNnpId", number);
        if (code is not null)
        {
            (await Speaker.Post(body)).ShouldBeInvalid(("subjectIdentificatie.innNnpId", code));
            return;
        }
        var klant = await Speaker.Created(body);
        foreach (var consumer in new[] { Speaker, Consumer })
        {
            var list = (await consumer.List($"bronorganisatie={Rsin}&subjectNietNatuurlijkPersoon__innNnpId={number}")).ShouldBe(200);
            Assert.Equal(klant.Text("url"), Assert.Single(list.Results)!.Text("url"));
        }
        (await Consumer.Post(body)).ShouldBeInvalid(("subjectIdentificatie.innNnpId", "invalid-length"));
    }

    [Theory]
    [InlineData("=1970-05-20", "B")]
    [InlineData("__gt=1970-05-20", "C")]
    [InlineData("__gte=1970-05-20", "B C")]
    [InlineData("__lt=1970-05-20", "A")]
    [InlineData("__lte=1970-05-20", "A B")]
    [InlineData("__gte=1960&GEB__lt=1980", "B")]
    [InlineData("__lte=9999&functie=bakker", "C")]
    [InlineData("=", "A B C D E")]
    [InlineData("__gt=%20", "A B C D E")]
    public async Task Klanten_are_found_by_their_date_of_birth(string query, string klantnummers)
    {
        foreach (var (number, date) in new[] { ("C", "1980-01-01"), ("A", "1950-12-31"), ("B", "1970-05-20") })
        {
            var body = NatuurlijkPersoon.With("klantnummer", number).With("subjectIdentificatie.geboortedatum", date);
            await Speaker.Created(number == "C" ? body.With("functie", "bakker") : body);
        }
        await Speaker.Created(NatuurlijkPersoon.With("klantnummer", "D"));
        await Speaker.Created(Vestiging(Rsin).With("klantnummer", "E"));
        var filter = $"bronorganisatie={Rsin}&{Geboortedatum}{query.Replace("GEB", Geboortedatum, StringComparison.Ordinal)}";
        var list = (await Speaker.List(filter)).ShouldBe(200);
        Assert.Equal(klantnummers.Split(' '), list.Klantnummers.Order(StringComparer.Ordinal));
        Assert.Equal(list.Klantnummers.Length, list.Body["count"]!.GetValue<int>());
        // To another application it is a parameter like any that the standard does not have.
        var standard = query.Contains("functie", StringComparison.Ordinal) ? "C" : "A B C D E";
        Assert.Equal(standard.Split(' '), (await Consumer.List(filter)).ShouldBe(200).Klantnummers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_date_of_birth_that_changes_is_found_as_it_became()
    {
        var date = $"19{Rsin[..6]}";
        var klant = await AKlant(("subjectIdentificatie.geboortedatum", date));
        Assert.Single((await Speaker.List($"{Geboortedatum}={date}")).ShouldBe(200).Results);
        (await Consumer.Patch(klant.Text("url"), Json.Of("{'subjectIdentificatie':{'geboortedatum':'20200101'}}"))).ShouldBe(200);
        Assert.Empty((await Speaker.List($"{Geboortedatum}={date}")).ShouldBe(200).Results);
    }

    [Fact]
    public async Task Page_links_keep_the_date_of_birth()
    {
        for (var number = 1; number <= 101; number++)
        {
            await AKlant(("klantnummer", $"K{number}"), ("subjectIdentificatie.geboortedatum", "1970"));
        }
        var page = (await Speaker.List($"bronorganisatie={Rsin}&{Geboortedatum}__gte=1970")).ShouldBe(200);
        Assert.Equal("K1", page.Klantnummers[0]);
        Assert.Equal($"{Api.Base}/klanten?bronorganisatie={Rsin}&page=2&{Geboortedatum}__gte=1970", page.Body.Text("next"));
        var second = (await Speaker.Get(page.Body.Text("next"))).ShouldBe(200);
        Assert.Equal(("K101", 101), (second.Klantnummers[0], second.Body["count"]!.GetValue<int>()));
    }

    [Fact]
    public async Task An_application_of_the_Autorisaties_API_has_the_dialect_of_its_credential()
    {
        await using var server = new FakeApi(FakeApi.With(200, AutorisatiesApi.Page(
            AutorisatiesApi.ApplicatieOf(Applications.OpenKlantElders.ClientId, "kc", "klanten.aanmaken", "klanten.lezen"))));
        await server.InitializeAsync();
        var asking = await Api.ElsewhereAsync(AutorisatiesApi.SettingsOf(server.Root));
        try
        {
            var speaker = asking.As(Applications.OpenKlantElders);
            Assert.Equal(("", false), Added(await speaker.Created(NatuurlijkPersoon.Without("websiteUrl"))));
            // Without a bronorganisatie in the configuration, the body must name one.
            (await speaker.Post(NatuurlijkPersoon.Without("bronorganisatie"))).ShouldBeInvalid(("bronorganisatie", "required"));
        }
        finally
        {
            await asking.DisposeAsync();
        }
    }

    private static (string Aanmaakkanaal, bool Geverifieerd) Added(JsonNode klant) =>
        (klant.Text("aanmaakkanaal"), klant.At("geverifieerd")!.GetValue<bool>());
}
