using System.Text;
using System.Text.Json.Nodes;
using Klanten.Tests.Support;
using static Klanten.Tests.Support.Bodies;

namespace Klanten.Tests.Conformance;

/// <summary>The audit trail of a klant: who changed what, when and why.</summary>
public abstract class AuditTrails(KlantenApi api) : Chapter(api)
{
    [Fact]
    public async Task A_klant_that_was_created_has_one_entry()
    {
        var klant = await AKlant(("klantnummer", "K1"));
        var regel = Assert.Single(await AuditTrail(klant))!.AsObject();
        regel.ShouldEqual(new JsonObject
        {
            ["uuid"] = regel.Text("uuid"),
            ["bron"] = "kc",
            ["applicatieId"] = Applications.Alles.Uuid,
            ["applicatieWeergave"] = Applications.Alles.Label,
            ["gebruikersId"] = Token.GebruikersId,
            ["gebruikersWeergave"] = Token.GebruikersWeergave,
            ["actie"] = "create",
            ["actieWeergave"] = "Object aangemaakt",
            ["resultaat"] = 201,
            ["hoofdObject"] = klant.Text("url"),
            ["resource"] = "klant",
            ["resourceUrl"] = klant.Text("url"),
            ["toelichting"] = "",
            ["resourceWeergave"] = $"{Rsin} - K1",
            ["aanmaakdatum"] = regel.Text("aanmaakdatum"),
            ["wijzigingen"] = new JsonObject { ["oud"] = null, ["nieuw"] = klant.DeepClone() },
        });
    }

    [Fact]
    public async Task The_keys_of_an_entry_come_in_the_order_of_the_reference()
    {
        var klant = await AKlant();
        var regel = (await AuditTrail(klant))[0]!;
        Assert.Equal(
            "uuid bron applicatieId applicatieWeergave gebruikersId gebruikersWeergave actie actieWeergave resultaat hoofdObject " +
            "resource resourceUrl toelichting resourceWeergave aanmaakdatum wijzigingen", string.Join(' ', regel.Keys()));
        Assert.Equal(["oud", "nieuw"], regel["wijzigingen"]!.Keys());
        Assert.Equal(klant.Keys(), regel.At("wijzigingen.nieuw")!.Keys());
    }

    [Theory]
    [InlineData("PUT", "update", "Object bijgewerkt")]
    [InlineData("PATCH", "partial_update", "Object deels bijgewerkt")]
    public async Task A_change_has_an_entry_with_the_klant_before_and_after(string method, string actie, string weergave)
    {
        var klant = await Consumer.Created(Volledig(VestigingType, Rsin));
        var changed = (await Consumer.SendJson(method, klant.Text("url"), klant.With("subjectIdentificatie.handelsnaam", Json.Of("['Z']"))))
            .ShouldBe(200).Body;
        var regels = await AuditTrail(klant);
        Assert.Equal(2, regels.Count);
        Assert.Equal(
            (actie, weergave, 200), (regels[1]!.Text("actie"), regels[1]!.Text("actieWeergave"), regels[1]!["resultaat"]!.GetValue<int>()));
        regels[1]!["wijzigingen"].ShouldEqual(new JsonObject { ["oud"] = klant.DeepClone(), ["nieuw"] = changed.DeepClone() });
    }

    [Fact]
    public async Task The_oldest_entry_comes_first_and_each_begins_where_the_last_one_ended()
    {
        var klant = await AKlant();
        for (var i = 0; i < 5; i++) (await Consumer.Patch(klant.Text("url"), new JsonObject { ["achternaam"] = $"{i}" })).ShouldBe(200);
        var regels = await AuditTrail(klant);
        Assert.Equal(6, regels.Count);
        for (var i = 1; i < 6; i++)
        {
            regels[i]!.At("wijzigingen.oud").ShouldEqual(regels[i - 1]!.At("wijzigingen.nieuw"));
            Assert.Equal($"{i - 1}", regels[i]!.Text("wijzigingen.nieuw.achternaam"));
        }
        Assert.Equal(
            regels.Select(r => r!.Text("aanmaakdatum")).Order(StringComparer.Ordinal), regels.Select(r => r!.Text("aanmaakdatum")));
        Assert.Equal(6, regels.Select(r => r!.Text("uuid")).Distinct().Count());
    }

    [Fact]
    public async Task A_moment_is_shown_in_UTC_to_the_microsecond()
    {
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);
        var moment = (await AuditTrail(await AKlant()))[0]!.Text("aanmaakdatum");
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$", moment);
        Assert.InRange(
            DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture), before, DateTimeOffset.UtcNow.AddSeconds(1));
    }

    [Fact]
    public async Task A_change_that_changes_nothing_has_an_entry_too()
    {
        var klant = await AKlant();
        (await Consumer.Patch(klant.Text("url"), new JsonObject())).ShouldBe(200);
        (await Consumer.Put(klant.Text("url"), klant)).ShouldBe(200);
        Assert.Equal(["create", "partial_update", "update"], (await AuditTrail(klant)).Select(r => r!.Text("actie")));
    }

    /// <summary>What the token library would rewrite: moments, numbers, escapes.</summary>
    [Theory]
    [InlineData("\"2024-01-01T00:00:00.0000000Z\"", "2024-01-01T00:00:00.0000000Z")]
    [InlineData("\"2024-01-01T00:00:00+02:00\"", "2024-01-01T00:00:00+02:00")]
    [InlineData("\"2024-01-01\"", "2024-01-01")]
    [InlineData("\"0001-01-01T00:00:00\"", "0001-01-01T00:00:00")]
    [InlineData("\"123456789012345678901234567890\"", "123456789012345678901234567890")]
    [InlineData("\"1e400\"", "1e400")]
    [InlineData("\"007\"", "007")]
    [InlineData("\"true\"", "true")]
    [InlineData("\" jan \\n\"", " jan \n")]
    [InlineData("\"J\\u00f6rg \\ud83d\\ude00\"", "Jörg 😀")]
    [InlineData("\"a\\u0000b\"", "a\0b")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1e400", "1e400")]
    [InlineData("1.10", "1.10")]
    [InlineData("-0", "-0")]
    [InlineData("true", "true")]
    [InlineData("[\"a\", 1.0]", "[\"a\", 1.0]")]
    [InlineData("null", "")]
    public async Task A_user_is_named_by_the_text_that_was_sent(string claim, string expected)
    {
        var claims = $$"""{"client_id":"alles","user_id":{{claim}},"user_representation":{{claim}}}""";
        var user = Api.Showing($"Bearer {Token.Sign("""{"alg":"HS256"}""", claims, Applications.Alles.Secret)}");
        var regel = (await AuditTrail(await user.Created(NatuurlijkPersoon)))[0]!;
        Assert.Equal((expected, expected), (regel.Text("gebruikersId"), regel.Text("gebruikersWeergave")));
    }

    /// <summary>The schema AuditTrail allows 255 characters (docs/adr/0025).</summary>
    [Theory]
    [InlineData("x", 255, 255)]
    [InlineData("x", 256, 254)]
    [InlineData("x", 5000, 254)]
    [InlineData("😀", 255, 255)]
    [InlineData("😀", 256, 254)]
    public async Task A_name_of_a_user_that_is_too_long_is_cut_and_marked(string character, int sent, int kept)
    {
        var name = string.Concat(Enumerable.Repeat(character, sent));
        var user = Api.As(Token.Of(Applications.Alles).With("user_id", name).With("user_representation", name));
        var regel = (await AuditTrail(await user.Created(NatuurlijkPersoon)))[0]!;
        var expected = string.Concat(Enumerable.Repeat(character, kept)) + (sent == kept ? "" : "…");
        Assert.Equal((expected, expected), (regel.Text("gebruikersId"), regel.Text("gebruikersWeergave")));
    }

    [Fact]
    public async Task What_failed_or_only_read_has_no_entry()
    {
        var klant = await AKlant();
        var url = klant.Text("url");
        (await Consumer.Patch(url, Json.Of("{'emailadres':'x'}"))).ShouldBe(400);
        (await Consumer.Put(url, new JsonObject())).ShouldBe(400);
        (await Consumer.SendText("PATCH", url, "{")).ShouldBe(400);
        (await Api.As(Applications.Lezen).Patch(url, new JsonObject())).ShouldBe(403);
        (await Consumer.Get(url)).ShouldBe(200);
        (await Consumer.List($"bronorganisatie={Rsin}")).ShouldBe(200);
        Assert.Single(await AuditTrail(klant));
    }

    [Fact]
    public async Task A_klant_is_named_as_it_was_before_the_change()
    {
        var klant = await AKlant(("klantnummer", "OUD"));
        (await Consumer.Patch(klant.Text("url"), Json.Of("{'klantnummer':'NIEUW'}"))).ShouldBe(200);
        (await Consumer.Patch(klant.Text("url"), new JsonObject())).ShouldBe(200);
        Assert.Equal(
            [$"{Rsin} - OUD", $"{Rsin} - OUD", $"{Rsin} - NIEUW"], (await AuditTrail(klant)).Select(r => r!.Text("resourceWeergave")));
    }

    [Fact]
    public async Task The_trail_moves_along_to_another_bronorganisatie()
    {
        var klant = await AKlant();
        (await Consumer.Patch(klant.Text("url"), new JsonObject { ["bronorganisatie"] = Numbers.Rsin() })).ShouldBe(200);
        (await Consumer.Patch(klant.Text("url"), new JsonObject())).ShouldBe(200);
        Assert.Equal(["create", "partial_update", "partial_update"], (await AuditTrail(klant)).Select(r => r!.Text("actie")));
    }

    [Fact]
    public async Task An_entry_shows_the_application_and_the_user()
    {
        var klant = await AKlant();
        var token = Token.Of(Applications.Bijwerken).With("user_id", "één").With("user_representation", "Zoë 😀");
        (await Api.As(token).Patch(klant.Text("url"), new JsonObject())).ShouldBe(200);
        var regel = (await AuditTrail(klant))[1]!;
        Assert.Equal(
            (Applications.Bijwerken.Uuid, Applications.Bijwerken.Label, "één", "Zoë 😀"),
            (regel.Text("applicatieId"), regel.Text("applicatieWeergave"), regel.Text("gebruikersId"), regel.Text("gebruikersWeergave")));
    }

    [Fact]
    public async Task A_user_that_the_token_does_not_name_is_empty()
    {
        var klant = await Api.As(Token.Of(Applications.Alles).Without("user_id", "user_representation")).Created(NatuurlijkPersoon);
        var regel = (await AuditTrail(klant))[0]!;
        Assert.Equal(("", ""), (regel.Text("gebruikersId"), regel.Text("gebruikersWeergave")));
    }

    [Theory]
    [InlineData("Op verzoek van de klant")]
    [InlineData("")]
    [InlineData("één ☃ 😀")]
    public async Task A_toelichting_is_kept_as_it_was_sent(string toelichting)
    {
        // A header is bytes; the client writes one for each character.
        var header = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(toelichting));
        var answer = await RawHttp.SendAsync(Api.Root, "POST", "/api/v1/klanten", Json.Utf8(NatuurlijkPersoon),
            ("Authorization", $"Bearer {Token.Of(Applications.Alles)}"), ("Content-Type", "application/json"),
            ("X-Audit-Toelichting", header));
        Assert.Equal(toelichting, (await AuditTrail(answer.ShouldBe(201).Body))[0]!.Text("toelichting"));
    }

    [Fact]
    public async Task A_toelichting_may_be_long()
    {
        var toelichting = new string('t', 2000);
        var klant = (await Consumer.Post(NatuurlijkPersoon, ("X-Audit-Toelichting", toelichting))).ShouldBe(201).Body;
        Assert.Equal(toelichting, (await AuditTrail(klant))[0]!.Text("toelichting"));
    }

    [Fact]
    public async Task The_number_of_a_logrecord_is_not_shown()
    {
        var klant = (await Consumer.Post(NatuurlijkPersoon, ("X-NLX-Logrecord-ID", "logrecord-1"))).ShouldBe(201).Body;
        Assert.DoesNotContain(
            "logrecord-1", (await Consumer.Get($"{klant.Text("url")}/audittrail")).ShouldBe(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_entry_can_be_read_by_itself()
    {
        var klant = await AKlant();
        (await Consumer.Patch(klant.Text("url"), new JsonObject())).ShouldBe(200);
        foreach (var regel in await AuditTrail(klant))
            (await Consumer.Get($"{klant.Text("url")}/audittrail/{regel!.Text("uuid")}")).ShouldBe(200).Json.ShouldEqual(regel);
    }

    [Fact]
    public async Task An_entry_is_found_only_under_its_own_klant()
    {
        var (klant, other) = (await AKlant(), await AKlant());
        var uuid = (await AuditTrail(klant))[0]!.Text("uuid");
        (await Consumer.Get($"{other.Text("url")}/audittrail/{uuid}")).ShouldBeProblem(404, "not_found");
        (await Consumer.Get($"/klanten/{Guid.NewGuid()}/audittrail/{uuid}")).ShouldBeProblem(404, "not_found");
    }

    [Theory]
    [InlineData("3fa85f64-5717-4562-b3fc-2c963f66afa6")]
    [InlineData("niet-een-uuid")]
    [InlineData("1")]
    public async Task What_is_not_there_is_not_found(string uuid)
    {
        (await Consumer.Get($"/klanten/{uuid}/audittrail")).ShouldBeProblem(404, "not_found");
        (await Consumer.Get($"/klanten/{uuid}/audittrail/{uuid}")).ShouldBeProblem(404, "not_found");
        (await Consumer.Get($"{(await AKlant()).Text("url")}/audittrail/{uuid}")).ShouldBeProblem(404, "not_found");
    }

    [Fact]
    public async Task A_trail_has_no_pages_and_no_parameters()
    {
        var klant = await AKlant();
        Assert.Single((await Consumer.Get($"{klant.Text("url")}/audittrail?page=2&actie=update&foo")).ShouldBe(200).Json!.AsArray());
    }

    [Fact]
    public async Task Its_urls_have_the_host_that_the_consumer_called()
    {
        var klant = await AKlant();
        (await Consumer.Patch(klant.Text("url"), new JsonObject())).ShouldBe(200);
        var regel = (await Consumer.Get($"{klant.Text("url")}/audittrail", ("Host", "klanten.example"))).ShouldBe(200).Json![1]!;
        var url = klant.Text("url").Replace(Api.Root, "http://klanten.example", StringComparison.Ordinal);
        Assert.All(
            ["hoofdObject", "resourceUrl", "wijzigingen.oud.url", "wijzigingen.nieuw.url"], path => Assert.Equal(url, regel.Text(path)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_klant_without_a_type_has_a_trail_without_identification(string? none)
    {
        var klant = await Consumer.Created(Klant(Rsin).With("subjectType", none).With("subject", Subjects.Found()));
        (await AuditTrail(klant))[0]!.At("wijzigingen.nieuw").ShouldEqual(klant);
    }
}
