using Klanten.Tests.Support;
using static Klanten.Tests.Support.Bodies;

namespace Klanten.Tests.Conformance;

/// <summary>Values out of a list: exactly as they are written there.</summary>
public abstract class ChoiceFields(KlantenApi api) : Chapter(api)
{
    private const string Geslacht = "subjectIdentificatie.geslachtsaanduiding";
    private const string Rechtsvorm = "subjectIdentificatie.innRechtsvorm";

    [Theory]
    [InlineData("m")]
    [InlineData("v")]
    [InlineData("o")]
    [InlineData("")]
    public async Task A_geslachtsaanduiding_is_one_letter_or_none(string value) =>
        await Consumer.PostField(NatuurlijkPersoonType, Rsin, Geslacht, $"'{value}'").ShouldShow(Geslacht, value);

    [Theory]
    [InlineData("besloten_vennootschap")]
    [InlineData("cooperatie_europees_economische_samenwerking")]
    [InlineData("europese_cooperatieve_venootschap")]
    [InlineData("europese_naamloze_vennootschap")]
    [InlineData("kerkelijke_organisatie")]
    [InlineData("naamloze_vennootschap")]
    [InlineData("onderlinge_waarborg_maatschappij")]
    [InlineData("overig_privaatrechtelijke_rechtspersoon")]
    [InlineData("stichting")]
    [InlineData("vereniging")]
    [InlineData("vereniging_van_eigenaars")]
    [InlineData("publiekrechtelijke_rechtspersoon")]
    [InlineData("vennootschap_onder_firma")]
    [InlineData("maatschap")]
    [InlineData("rederij")]
    [InlineData("commanditaire_vennootschap")]
    [InlineData("kapitaalvennootschap_binnen_eer")]
    [InlineData("overige_buitenlandse_rechtspersoon_vennootschap")]
    [InlineData("kapitaalvennootschap_buiten_eer")]
    [InlineData("")]
    public async Task A_rechtsvorm_is_one_of_nineteen_or_none(string value) =>
        await Consumer.PostField(NietNatuurlijkPersoonType, Rsin, Rechtsvorm, $"'{value}'").ShouldShow(Rechtsvorm, value);

    [Theory]
    [InlineData("'M'")]
    [InlineData("' m'")]
    [InlineData("'man'")]
    [InlineData("' '")]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("['m']")]
    [InlineData("{}")]
    public async Task Anything_else_is_no_geslachtsaanduiding(string json) =>
        await Consumer.PostField(NatuurlijkPersoonType, Rsin, Geslacht, json).ShouldRefuse(Geslacht, "invalid_choice");

    [Theory]
    [InlineData("'bv'")]
    [InlineData("'Stichting'")]
    [InlineData("'stichting '")]
    [InlineData("'europese_cooperatieve_vennootschap'")]
    [InlineData("' '")]
    [InlineData("0")]
    [InlineData("false")]
    [InlineData("[]")]
    [InlineData("{}")]
    public async Task Anything_else_is_no_rechtsvorm(string json) =>
        await Consumer.PostField(NietNatuurlijkPersoonType, Rsin, Rechtsvorm, json).ShouldRefuse(Rechtsvorm, "invalid_choice");

    [Theory]
    [InlineData("'foo'")]
    [InlineData("'Natuurlijk_persoon'")]
    [InlineData("'natuurlijk persoon'")]
    [InlineData("'Natuurlijk persoon'")]
    [InlineData("' vestiging'")]
    [InlineData("' '")]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("['vestiging']")]
    [InlineData("{}")]
    public async Task Anything_else_is_no_subjectType(string json) =>
        await Consumer.PostField(NatuurlijkPersoonType, Rsin, "subjectType", json).ShouldRefuse("subjectType", "invalid_choice");

    [Theory]
    [InlineData(NatuurlijkPersoonType, Geslacht)]
    [InlineData(NietNatuurlijkPersoonType, Rechtsvorm)]
    public async Task A_choice_is_not_null_unless_it_is_the_subjectType(string subjectType, string path) =>
        await Consumer.PostField(subjectType, Rsin, path, "null").ShouldRefuse(path, "null");
}
