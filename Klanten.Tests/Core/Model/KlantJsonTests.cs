using System.Text;
using System.Text.Json;
using Klanten.Core.Fields;
using Klanten.Core.Model;
using Klanten.Core.UseCases;

namespace Klanten.Tests.Core.Model;

/// <summary>The representation that a store keeps must read back to the same klant, field by field.</summary>
public sealed class KlantJsonTests
{
    public static TheoryData<string> Types => [.. SubjectType.All];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_field_reads_back_unchanged(string subjectType)
    {
        var klant = Filled(subjectType);
        var json = KlantJson.Write(klant);

        Assert.Equal(json, KlantJson.Write(KlantJson.Read(json)));
        // A field that is not written, or that this test does not fill, would have its default.
        using var document = JsonDocument.Parse(json);
        Assert.Empty(Defaults(document.RootElement, ""));
    }

    [Fact]
    public void A_klant_without_type_has_no_subjectIdentificatie_at_all() =>
        Assert.DoesNotContain("subjectIdentificatie", Written(new() { SubjectType = null }), StringComparison.Ordinal);

    [Fact]
    public void A_typed_klant_without_identification_has_a_null() =>
        Assert.Contains(
            "\"subjectIdentificatie\":null", Written(new() { SubjectType = SubjectType.Vestiging }), StringComparison.Ordinal);

    [Fact]
    public void Text_outside_ASCII_is_not_escaped() =>
        Assert.Contains(
            "\"achternaam\":\"Çelik 😀 <&>\"", Written(new() { Achternaam = "Çelik 😀 <&>" }), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"\\\n\t\r\b\f\u0001\u001f\u007f")]
    [InlineData("€ é \u2028 😀 \U0010FFFF")]
    public void Any_text_reads_back_unchanged(string text) => Assert.Equal(text, ReadBack(text));

    [Fact]
    public void Every_control_character_is_escaped_and_reads_back()
    {
        var controls = string.Concat(Enumerable.Range(0, 0x20).Select(code => (char)code));
        Assert.Equal(controls, ReadBack(controls));
        Assert.All(Written(new() { Achternaam = controls }), character => Assert.InRange(character, ' ', char.MaxValue));
    }

    [Fact]
    public void Half_a_surrogate_pair_is_replaced_instead_of_causing_an_exception() =>
        Assert.Equal("a\ufffdb", ReadBack("a\ud83db"));

    private static string Written(Klant klant) => Encoding.UTF8.GetString(KlantJson.Write(klant));

    private static string ReadBack(string achternaam) => KlantJson.Read(KlantJson.Write(new() { Achternaam = achternaam })).Achternaam;

    /// <summary>Makes a klant with a value in every field, by merging a body that has every key of the tables.</summary>
    private static Klant Filled(string subjectType)
    {
        const string Verblijf = """
            {"aoaIdentificatie":"1","wplWoonplaatsNaam":"2","gorOpenbareRuimteNaam":"3","aoaPostcode":"4","aoaHuisnummer":5,
             "aoaHuisletter":"6","aoaHuisnummertoevoeging":"7","inpLocatiebeschrijving":"8"}
            """;
        const string Buitenland = """
            {"lndLandcode":"1","lndLandnaam":"2","subAdresBuitenland1":"3","subAdresBuitenland2":"4","subAdresBuitenland3":"5"}
            """;
        var identificatie = subjectType switch
        {
            SubjectType.NatuurlijkPersoon => $$"""
                {"inpBsn":"999993653","anpIdentificatie":"1","inpANummer":"1234567890","geslachtsnaam":"2",
                 "voorvoegselGeslachtsnaam":"3","voorletters":"4","voornamen":"5","geslachtsaanduiding":"m","geboortedatum":"6",
                 "verblijfsadres":{{Verblijf}},"subVerblijfBuitenland":{{Buitenland}}}
                """,
            SubjectType.NietNatuurlijkPersoon => $$"""
                {"innNnpId":"999990639","annIdentificatie":"1","statutaireNaam":"2","innRechtsvorm":"stichting","bezoekadres":"3",
                 "subVerblijfBuitenland":{{Buitenland}}}
                """,
            _ => $$"""
                {"vestigingsNummer":"1","handelsnaam":["2","3"],
                 "verblijfsadres":{{Verblijf}},"subVerblijfBuitenland":{{Buitenland}}}
                """,
        };
        using var body = JsonDocument.Parse($$"""
            {"bronorganisatie":"999990639","klantnummer":"1","bedrijfsnaam":"2","functie":"3","websiteUrl":"http://example.com",
             "voornaam":"4","voorvoegselAchternaam":"5","achternaam":"6","telefoonnummer":"7","emailadres":"a@b.nl",
             "adres":{"straatnaam":"1","huisnummer":2,"huisletter":"3","huisnummertoevoeging":"4","postcode":"5",
                      "woonplaatsnaam":"6","landcode":"7"},
             "subject":"http://example.com/1","subjectType":"{{subjectType}}","subjectIdentificatie":{{identificatie}}}
            """);
        var errors = new List<FieldError>();
        var klant = KlantInput.Merge(null, body.RootElement, Dialect.Standard, partial: false, subjectReachable: true, errors);
        Assert.Empty(errors);
        return klant;
    }

    /// <summary>The paths of all values that are null or an empty text.</summary>
    private static IEnumerable<string> Defaults(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => Defaults(p.Value, $"{path}/{p.Name}")),
        JsonValueKind.Null => [path],
        JsonValueKind.String when value.GetString() == "" => [path],
        _ => [],
    };
}
