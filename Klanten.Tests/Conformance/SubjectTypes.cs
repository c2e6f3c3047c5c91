using System.Text.Json.Nodes;
using Klanten.Tests.Support;
using static Klanten.Tests.Support.Bodies;

namespace Klanten.Tests.Conformance;

/// <summary>
/// subjectType, what it makes of subjectIdentificatie, and that a klant has a subject or an identification.
/// </summary>
public abstract class SubjectTypes(KlantenApi api) : Chapter(api)
{
    private JsonObject WithSubject => Klant(Rsin).With("subject", Subjects.Found());

    [Theory]
    [InlineData(NatuurlijkPersoonType, "{'geslachtsnaam':'x'}")]
    [InlineData(NatuurlijkPersoonType, "{'inpBsn':''}")]
    [InlineData(NatuurlijkPersoonType, "{'verblijfsadres':null}")]
    [InlineData(NietNatuurlijkPersoonType, "{'innNnpId':''}")]
    [InlineData(VestigingType, "{'handelsnaam':[]}")]
    public async Task Any_key_of_the_type_identifies_the_subject(string subjectType, string identificatie) =>
        (await Consumer.Post(Klant(Rsin).With("subjectType", subjectType).With("subjectIdentificatie", Json.Of(identificatie))))
            .ShouldBe(201);

    [Theory]
    [InlineData(NatuurlijkPersoonType, "{}")]
    [InlineData(NatuurlijkPersoonType, "{'foo':'bar'}")]
    [InlineData(NatuurlijkPersoonType, "{'vestigingsNummer':'1','innNnpId':'x','inpbsn':'x'}")]
    [InlineData(NietNatuurlijkPersoonType, "{}")]
    [InlineData(NietNatuurlijkPersoonType, "{'inpBsn':'x'}")]
    [InlineData(VestigingType, "{}")]
    [InlineData(VestigingType, "{'statutaireNaam':'x'}")]
    [InlineData(null, "{'inpBsn':'x'}")]
    [InlineData("", "{'inpBsn':'x'}")]
    public async Task Without_a_key_of_the_type_the_subject_is_not_identified(string? subjectType, string identificatie) =>
        (await Consumer.Post(Klant(Rsin).With("subjectType", subjectType).With("subjectIdentificatie", Json.Of(identificatie))))
            .ShouldBeInvalid(("nonFieldErrors", "invalid-subject"));

    [Theory]
    [InlineData(NatuurlijkPersoonType)]
    [InlineData(NietNatuurlijkPersoonType)]
    [InlineData(VestigingType)]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_klant_needs_a_subject_or_an_identification(string? subjectType)
    {
        var body = Klant(Rsin).With("subjectType", subjectType);
        (await Consumer.Post(body)).ShouldBeInvalid(("nonFieldErrors", "invalid-subject"));
        (await Consumer.Post(body.With("subject", ""))).ShouldBeInvalid(("nonFieldErrors", "invalid-subject"));
        (await Consumer.Post(body.With("subject", " \t"))).ShouldBeInvalid(("nonFieldErrors", "invalid-subject"));
    }

    [Theory]
    [InlineData(NatuurlijkPersoonType)]
    [InlineData(NietNatuurlijkPersoonType)]
    [InlineData(VestigingType)]
    public async Task A_klant_with_a_subject_and_a_type_shows_its_identification_as_null(string subjectType)
    {
        var klant = await Consumer.Created(WithSubject.With("subjectType", subjectType));
        Assert.Equal(subjectType, klant.Text("subjectType"));
        Assert.Null(klant.At("subjectIdentificatie"));
        (await Read(klant)).ShouldEqual(klant);
        (await Consumer.List($"bronorganisatie={Rsin}")).ShouldList(klant);
    }

    [Fact]
    public async Task With_a_subject_an_empty_identification_stays_null() =>
        Assert.Null(
            (await Consumer.Created(WithSubject.With("subjectType", VestigingType).With("subjectIdentificatie", new JsonObject())))
                .At("subjectIdentificatie"));

    [Theory]
    [InlineData(NatuurlijkPersoonType)]
    [InlineData(NietNatuurlijkPersoonType)]
    [InlineData(VestigingType)]
    public async Task SubjectIdentificatie_may_not_be_null(string subjectType)
    {
        (await Consumer.Post(WithSubject.With("subjectType", subjectType).With("subjectIdentificatie", null)))
            .ShouldBeInvalid(("subjectIdentificatie", "null"));
        (await Consumer.Post(Klant(Rsin).With("subjectType", subjectType).With("subjectIdentificatie", null)))
            .ShouldBeInvalid(("subjectIdentificatie", "null"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_a_type_the_identification_is_ignored_and_not_shown(string? none)
    {
        foreach (var identificatie in new[] { "{'inpBsn':'1'}", "null", "'x'" })
        {
            var klant = await Consumer.Created(WithSubject.With("subjectType", none).With("subjectIdentificatie", Json.Of(identificatie)));
            Assert.Equal(none, klant.At("subjectType")?.GetValue<string>());
            Assert.False(klant.ContainsKey("subjectIdentificatie"));
            (await Read(klant)).ShouldEqual(klant);
        }
    }

    [Fact]
    public async Task A_type_that_was_left_out_is_null()
    {
        var klant = await Consumer.Created(WithSubject);
        Assert.Null(klant.At("subjectType"));
        Assert.False(klant.ContainsKey("subjectIdentificatie"));
    }

    [Theory]
    [InlineData(NatuurlijkPersoonType, "{'vestigingsNummer':5,'geslachtsnaam':'x'}", "geslachtsnaam")]
    [InlineData(VestigingType, "{'inpBsn':'1','vestigingsNummer':'x'}", "vestigingsNummer")]
    [InlineData(NietNatuurlijkPersoonType, "{'verblijfsadres':{},'bezoekadres':'x'}", "bezoekadres")]
    public async Task Keys_of_another_type_are_ignored(string subjectType, string identificatie, string own)
    {
        var klant = await Consumer.Created(
            Klant(Rsin).With("subjectType", subjectType).With("subjectIdentificatie", Json.Of(identificatie)));
        Assert.Equal("x", klant["subjectIdentificatie"]!.Text(own));
        Assert.False(klant["subjectIdentificatie"]!.AsObject().ContainsKey(Json.Of(identificatie)!.Keys()[0]));
    }

    [Fact]
    public async Task Both_a_subject_and_an_identification_are_kept()
    {
        var klant = await AKlant(("subject", Subjects.Found()));
        Assert.NotEqual("", klant.Text("subject"));
        Assert.NotNull(klant.At("subjectIdentificatie"));
    }

    [Fact]
    public async Task An_identification_can_be_added_to_a_klant_that_has_a_subject()
    {
        var klant = await Consumer.Created(WithSubject.With("subjectType", NatuurlijkPersoonType));
        var changed = (await Consumer.Patch(klant.Text("url"), Json.Of("{'subjectIdentificatie':{'voornamen':'Jan'}}"))).ShouldBe(200).Body;
        Assert.Equal("Jan", changed.Text("subjectIdentificatie.voornamen"));
        Assert.Equal(klant.Text("subject"), changed.Text("subject"));
        (await Read(klant)).ShouldEqual(changed);
    }

    [Theory]
    [InlineData(NatuurlijkPersoonType, VestigingType)]
    [InlineData(NatuurlijkPersoonType, "")]
    [InlineData(NietNatuurlijkPersoonType, NatuurlijkPersoonType)]
    [InlineData(VestigingType, NietNatuurlijkPersoonType)]
    [InlineData(NatuurlijkPersoonType, null)]
    [InlineData(NietNatuurlijkPersoonType, null)]
    [InlineData(VestigingType, null)]
    [InlineData("", VestigingType)]
    [InlineData(null, NatuurlijkPersoonType)]
    [InlineData(null, "")]
    public async Task The_type_of_a_klant_cannot_be_changed(string? from, string? to)
    {
        var body = WithSubject.With("subjectType", from);
        var klant = await Consumer.Created(body);
        (await Consumer.Patch(klant.Text("url"), new JsonObject { ["subjectType"] = to }))
            .ShouldBeInvalid(("subjectType", "wijzigen-niet-toegelaten"));
        (await Consumer.Put(klant.Text("url"), body.With("subjectType", to))).ShouldBeInvalid(("subjectType", "wijzigen-niet-toegelaten"));
        (await Read(klant)).ShouldEqual(klant);
    }

    [Theory]
    [InlineData(NatuurlijkPersoonType)]
    [InlineData(NietNatuurlijkPersoonType)]
    [InlineData(VestigingType)]
    [InlineData("")]
    [InlineData(null)]
    public async Task The_type_that_a_klant_has_may_be_sent_again_or_left_out(string? subjectType)
    {
        var body = WithSubject.With("subjectType", subjectType);
        var klant = await Consumer.Created(body);
        (await Consumer.Patch(klant.Text("url"), new JsonObject { ["subjectType"] = subjectType })).ShouldBe(200).Body.ShouldEqual(klant);
        (await Consumer.Patch(klant.Text("url"), new JsonObject { ["functie"] = "" })).ShouldBe(200).Body.ShouldEqual(klant);
        (await Consumer.Put(klant.Text("url"), body)).ShouldBe(200).Body.ShouldEqual(klant);
        (await Consumer.Put(klant.Text("url"), body.Without("subjectType"))).ShouldBe(200).Body.ShouldEqual(klant);
        (await Consumer.Delete(klant.Text("url"))).ShouldBe(204);
    }

    [Fact]
    public async Task A_type_that_does_not_exist_is_reported_before_the_change_of_type()
    {
        var klant = await AKlant();
        (await Consumer.Patch(klant.Text("url"), Json.Of("{'subjectType':'foo'}"))).ShouldBeInvalid(("subjectType", "invalid_choice"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("''")]
    public async Task The_type_of_a_klant_cannot_be_taken_away(string none)
    {
        var klant = await AKlant();
        var body = new JsonObject { ["subjectType"] = Json.Of(none) };
        (await Consumer.Patch(klant.Text("url"), body)).ShouldBeInvalid(("subjectType", "wijzigen-niet-toegelaten"));
        (await Consumer.Patch(klant.Text("url"), body.With("subjectIdentificatie", null)))
            .ShouldBeInvalid(("subjectType", "wijzigen-niet-toegelaten"));
        (await Consumer.Put(klant.Text("url"), klant.With("subjectType", Json.Of(none)).Without("subjectIdentificatie")))
            .ShouldBeInvalid(("subjectType", "wijzigen-niet-toegelaten"));
        (await Read(klant)).ShouldEqual(klant);
        (await Consumer.Patch(klant.Text("url"), Json.Of("{'voornaam':'Nieuw'}"))).ShouldBe(200);
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("PUT")]
    public async Task Of_a_klant_without_a_type_an_empty_one_may_become_null(string method)
    {
        var klant = await Consumer.Created(WithSubject.With("subjectType", ""));
        var changed = klant.With("subjectType", null);
        (await Consumer.SendJson(method, klant.Text("url"), changed)).ShouldBe(200).Body.ShouldEqual(changed);
    }
}
