using Klanten.Tests.Support;
using static Klanten.Tests.Support.Bodies;

namespace Klanten.Tests.Conformance;

/// <summary>Filters of klant_list: exact, case-sensitive, all at once.</summary>
public abstract class Filters(KlantenApi api) : Chapter(api)
{
    /// <summary>Every filter on a text: its name, the type and the field that it looks at, and a value.</summary>
    public static TheoryData<string, string, string, string> Texts => new()
    {
        { "klantnummer", NatuurlijkPersoonType, "klantnummer", "Kl-9" },
        { "bedrijfsnaam", NatuurlijkPersoonType, "bedrijfsnaam", "Brood & Co" },
        { "functie", NatuurlijkPersoonType, "functie", "Directeur" },
        { "achternaam", NatuurlijkPersoonType, "achternaam", "de Vries" },
        { "telefoonnummer", NatuurlijkPersoonType, "telefoonnummer", "+31 Thuis" },
        { "emailadres", NatuurlijkPersoonType, "emailadres", "Jan@Example.com" },
        { "adres__straatnaam", NatuurlijkPersoonType, "adres.straatnaam", "Één straat" },
        { "adres__postcode", NatuurlijkPersoonType, "adres.postcode", "1012 AB" },
        { "adres__woonplaatsNaam", NatuurlijkPersoonType, "adres.woonplaatsnaam", "'s-Gravenhage" },
        { "adres__landcode", NatuurlijkPersoonType, "adres.landcode", "Nl_1" },
        { "subjectNatuurlijkPersoon__inpBsn", NatuurlijkPersoonType, "subjectIdentificatie.inpBsn", "123456782" },
        { "subjectNatuurlijkPersoon__anpIdentificatie", NatuurlijkPersoonType, "subjectIdentificatie.anpIdentificatie", "Anp 1" },
        { "subjectNatuurlijkPersoon__inpA_nummer", NatuurlijkPersoonType, "subjectIdentificatie.inpANummer", "1234567890" },
        { "subjectNietNatuurlijkPersoon__innNnpId", NietNatuurlijkPersoonType, "subjectIdentificatie.innNnpId", "517439943" },
        { "subjectNietNatuurlijkPersoon__annIdentificatie", NietNatuurlijkPersoonType, "subjectIdentificatie.annIdentificatie", "Ann%Id" },
        { "subjectVestiging__vestigingsNummer", VestigingType, "subjectIdentificatie.vestigingsNummer", "VesT*1" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_klant_is_found_by_the_whole_value(string filter, string subjectType, string path, string value)
    {
        var klant = await Consumer.Created(OfType(subjectType, Rsin).With(path, value));
        var other = await Consumer.Created(OfType(subjectType, Rsin));
        (await Find(filter, value)).ShouldList(klant);
        (await Find(filter, $" \t{value}\n ")).ShouldList(klant);
        (await Find(filter, "")).ShouldList(klant, other);
        (await Find(filter, " \t")).ShouldList(klant, other);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_klant_is_not_found_by_less_or_more_or_a_pattern(string filter, string subjectType, string path, string value)
    {
        await Consumer.Created(OfType(subjectType, Rsin).With(path, value));
        foreach (var wrong in new[]
        {
            value[..^1], value[1..], value + "x", $"x{value}", "*", "%", "_", "?", ".*", "' OR 1=1 --", "geen geldige waarde!",
            new string('x', 2000),
        })
            (await Find(filter, wrong)).ShouldList();
        foreach (var spelled in new[] { value.ToUpperInvariant(), value.ToLowerInvariant() }.Except([value]))
            (await Find(filter, spelled)).ShouldList();
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_klant_is_found_by_what_it_has_become(string filter, string subjectType, string path, string value)
    {
        var klant = await Consumer.Created(OfType(subjectType, Rsin));
        (await Find(filter, value)).ShouldList();
        var changed = (await Consumer.Put(klant.Text("url"), klant.With(path, value))).ShouldBe(200).Body;
        (await Find(filter, value)).ShouldList(changed);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public async Task A_null_character_is_an_error(string filter, string subjectType, string path, string value)
    {
        await Consumer.Created(OfType(subjectType, Rsin).With(path, value));
        (await Find(filter, "a\0b")).ShouldBeInvalid((filter, "null_characters_not_allowed"));
    }

    [Fact]
    public async Task A_klant_is_found_by_its_bronorganisatie()
    {
        var klant = await AKlant();
        (await Consumer.List($"bronorganisatie={Rsin}")).ShouldList(klant);
        (await Consumer.List($"bronorganisatie=%20{Rsin}%20")).ShouldList(klant);
        (await Consumer.List($"bronorganisatie={Numbers.Rsin()}")).ShouldList();
    }

    [Theory]
    [InlineData("")]
    [InlineData("%20")]
    public async Task A_blank_bronorganisatie_filters_nothing(string blank)
    {
        var klant = await AKlant(("achternaam", Rsin));
        (await Consumer.List($"bronorganisatie={blank}&achternaam={Rsin}")).ShouldList(klant);
    }

    [Theory]
    [InlineData("abc", "only-digits")]
    [InlineData("12345678a", "only-digits")]
    [InlineData("*", "only-digits")]
    [InlineData("1", "invalid-length")]
    [InlineData("1234567890", "invalid-length")]
    [InlineData("123456789", "invalid")]
    public async Task A_bronorganisatie_must_be_an_RSIN(string value, string code) =>
        (await Consumer.List($"bronorganisatie={value}")).ShouldBeInvalid(("bronorganisatie", code));

    [Theory]
    [InlineData(NatuurlijkPersoonType)]
    [InlineData(NietNatuurlijkPersoonType)]
    [InlineData(VestigingType)]
    public async Task A_klant_is_found_by_its_type(string subjectType)
    {
        var klanten = new Dictionary<string, System.Text.Json.Nodes.JsonObject>
        {
            [NatuurlijkPersoonType] = await Consumer.Created(Bodies.NatuurlijkPersoon(Rsin)),
            [NietNatuurlijkPersoonType] = await Consumer.Created(NietNatuurlijkPersoon(Rsin)),
            [VestigingType] = await Consumer.Created(Vestiging(Rsin)),
        };
        (await Find("subjectType", subjectType)).ShouldList(klanten[subjectType]);
        (await Find("subjectType", "")).ShouldList([.. klanten.Values]);
    }

    [Theory]
    [InlineData("foo")]
    [InlineData("Vestiging")]
    [InlineData(" vestiging")]
    [InlineData("vestiging ")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("*")]
    public async Task A_type_must_be_one_of_the_three(string value) =>
        (await Find("subjectType", value)).ShouldBeInvalid(("subjectType", "invalid_choice"));

    [Fact]
    public async Task A_klant_is_found_by_its_subject()
    {
        var subject = Subjects.Found();
        var klant = await AKlant(("subject", subject));
        var other = await AKlant();
        (await Find("subject", subject)).ShouldList(klant);
        (await Find("subject", $" {subject} ")).ShouldList(klant);
        (await Find("subject", "")).ShouldList(klant, other);
        (await Find("subject", subject + "/")).ShouldList();
        (await Find("subject", subject.ToUpperInvariant())).ShouldList();
        (await Find("subject", Subjects.Unreachable)).ShouldList();
        Assert.Single(Subjects.FetchesOf(subject));
    }

    [Theory]
    [InlineData("geenurl")]
    [InlineData("example.com")]
    [InlineData("http://example")]
    [InlineData("*")]
    public async Task A_subject_must_be_a_url(string value) => (await Find("subject", value)).ShouldBeInvalid(("subject", "invalid"));

    [Fact]
    public async Task A_klant_must_satisfy_every_filter()
    {
        var first = await AKlant(("achternaam", "A"), ("functie", "F"), ("adres.postcode", "1000AA"));
        var second = await AKlant(("achternaam", "A"), ("functie", "G"), ("adres.postcode", "1000AA"));
        await AKlant(("achternaam", "B"), ("functie", "F"));
        (await Consumer.List($"bronorganisatie={Rsin}&achternaam=A&functie=F")).ShouldList(first);
        (await Consumer.List($"bronorganisatie={Rsin}&achternaam=A&adres__postcode=1000AA")).ShouldList(first, second);
        (await Consumer.List($"bronorganisatie={Rsin}&achternaam=B&adres__postcode=1000AA")).ShouldList();
        (await Consumer.List($"bronorganisatie={Rsin}&achternaam=A&subjectType=vestiging")).ShouldList();
    }

    [Fact]
    public async Task All_filters_can_be_used_at_once()
    {
        var subject = Subjects.Found();
        var klant = await Consumer.Created(Volledig(VestigingType, Rsin).With("subject", subject));
        var query = $"bronorganisatie={Rsin}&klantnummer=K1&bedrijfsnaam=Bakkerij+Brood&functie=Directeur&achternaam=Vries" +
            "&telefoonnummer=%2B31612345678&emailadres=jan@example.com&adres__straatnaam=Keizersgracht&adres__postcode=1015CJ" +
            "&adres__woonplaatsNaam=Amsterdam&adres__landcode=6030&subjectType=vestiging&subjectVestiging__vestigingsNummer=000012345678" +
            $"&subject={subject}&page=1";
        (await Consumer.List(query)).ShouldList(klant);
        (await Consumer.List($"{query}&subjectNietNatuurlijkPersoon__innNnpId=517439943")).ShouldList();
    }

    [Fact]
    public async Task Of_a_repeated_filter_the_last_one_counts()
    {
        var (a, b) = (await AKlant(("achternaam", "A")), await AKlant(("achternaam", "B")));
        (await Consumer.List($"bronorganisatie={Rsin}&achternaam=A&achternaam=B")).ShouldList(b);
        (await Consumer.List($"bronorganisatie={Rsin}&achternaam=B&achternaam=A")).ShouldList(a);
        (await Consumer.List($"bronorganisatie={Rsin}&achternaam=B&achternaam=")).ShouldList(a, b);
        (await Consumer.List($"subjectType=foo&subjectType=&bronorganisatie={Rsin}")).ShouldList(a, b);
    }

    [Theory]
    [InlineData("a+b", "a b")]
    [InlineData("a%2Bb", "a+b")]
    [InlineData("a%2526b", "a%26b")]
    [InlineData("a%26b%3Dc", "a&b=c")]
    [InlineData("a=b", "a=b")]
    [InlineData("a%2", "a%2")]
    [InlineData("%zz", "%zz")]
    [InlineData("%C3%A9", "é")]
    public async Task A_value_is_decoded_once(string encoded, string value)
    {
        var klant = await AKlant(("achternaam", value));
        (await Consumer.List($"bronorganisatie={Rsin}&achternaam={encoded}")).ShouldList(klant);
    }

    [Fact]
    public async Task All_wrong_filters_are_reported_in_the_order_of_the_document() =>
        (await Consumer.List("subjectType=foo&achternaam=%00&subject=x&bronorganisatie=abc&page=9")).ShouldBeInvalid(
            ("bronorganisatie", "only-digits"), ("achternaam", "null_characters_not_allowed"), ("subject", "invalid"),
            ("subjectType", "invalid_choice"));

    [Theory]
    [InlineData("achternaamm=x", "achternaamm")]
    [InlineData("ACHTERNAAM=x", "ACHTERNAAM")]
    [InlineData("adres__woonplaatsnaam=x", "adres__woonplaatsnaam")]
    [InlineData("subject_type=vestiging", "subject_type")]
    [InlineData("pageSize=5", "pageSize")]
    [InlineData("foo", "foo")]
    [InlineData("=x", "")]
    [InlineData("%20achternaam=x", " achternaam")]
    public async Task A_parameter_that_the_list_does_not_have_is_ignored_or_refused_as_configured(string query, string name)
    {
        var klant = await AKlant();
        (await Consumer.List($"bronorganisatie={Rsin}&{query}")).ShouldList(klant);
        await using var strict = await Api.ElsewhereAsync(("Klanten:StrikteFilters", "true"));
        (await strict.As(Applications.Alles).List($"bronorganisatie={Rsin}&{query}")).ShouldBeInvalid((name, "unknown-parameters"));
    }

    [Fact]
    public async Task Strict_filters_refuse_nothing_that_the_list_has()
    {
        await using var api = await Api.ElsewhereAsync(("Klanten:StrikteFilters", "true"));
        var strict = api.As(Applications.Alles);
        var klant = await strict.Created(NatuurlijkPersoon.With("achternaam", "A"));
        (await strict.List($"bronorganisatie={Rsin}&achternaam=B&achternaam=A&functie=&page=1")).ShouldList(klant);
        (await strict.List($"bronorganisatie={Rsin}&page=2")).ShouldBeProblem(404, "not_found");
        (await strict.List("b=1&subjectType=foo&a=1&page=99")).ShouldBeInvalid(
            ("subjectType", "invalid_choice"), ("b", "unknown-parameters"), ("a", "unknown-parameters"));
        (await strict.Get($"{klant.Text("url")}?foo=1")).ShouldBe(200);
    }

    [Fact]
    public async Task An_answer_about_parameters_is_bounded()
    {
        await using var api = await Api.ElsewhereAsync(("Klanten:StrikteFilters", "true"));
        var many = string.Join('&', Enumerable.Range(0, 1500).Select(i => $"x{i}"));
        var answer = (await api.As(Applications.Alles).List(many)).ShouldBeProblem(400, "invalid");
        Assert.Equal(100, answer.Body["invalidParams"]!.AsArray().Count);
        var name = new string('n', 99) + "%F0%9F%98%80" + new string('n', 5000);
        (await api.As(Applications.Alles).List($"{name}=1")).ShouldBeInvalid((new string('n', 99), "unknown-parameters"));
    }

    [Fact]
    public async Task A_wrong_filter_is_reported_before_a_page_that_does_not_exist()
    {
        (await Consumer.List("subjectType=foo&page=99999")).ShouldBeInvalid(("subjectType", "invalid_choice"));
        (await Consumer.List($"bronorganisatie={Rsin}&page=99999")).ShouldBeProblem(404, "not_found");
    }

    private Task<Answer> Find(string filter, string value) =>
        Consumer.List($"bronorganisatie={Rsin}&{filter}={Uri.EscapeDataString(value)}");
}
