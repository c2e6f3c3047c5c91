using System.Text;
using System.Text.Json;
using Klanten.Core.Model;

namespace Klanten.Tests.Core.Model;

/// <summary>What a store keeps must read back to the same klant, field by field.</summary>
public sealed class KlantJsonTests
{
    public static TheoryData<string> Types => [.. SubjectType.All];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_field_survives_being_written_and_read(string subjectType)
    {
        var klant = Filled(subjectType);
        var json = KlantJson.Write(klant);

        Assert.Equal(json, KlantJson.Write(KlantJson.Read(json)));
        // A field that was not written, or not filled by this test, would show as a default.
        using var document = JsonDocument.Parse(json);
        Assert.Empty(Defaults(document.RootElement, ""));
    }

    [Fact]
    public void A_klant_without_type_has_no_subjectIdentificatie_at_all() =>
        Assert.DoesNotContain("subjectIdentificatie", Encoding.UTF8.GetString(KlantJson.Write(new() { SubjectType = null })), StringComparison.Ordinal);

    [Fact]
    public void A_typed_klant_without_identification_has_a_null() =>
        Assert.Contains("\"subjectIdentificatie\":null", Encoding.UTF8.GetString(KlantJson.Write(new() { SubjectType = SubjectType.Vestiging })), StringComparison.Ordinal);

    [Fact]
    public void Text_outside_ascii_is_written_as_it_is() =>
        Assert.Contains("\"achternaam\":\"Çelik 😀 <&>\"", Encoding.UTF8.GetString(KlantJson.Write(new() { Achternaam = "Çelik 😀 <&>" })), StringComparison.Ordinal);

    [Theory]
    [InlineData("\"\\\n\t\r\b\f\u0001\u001f\u007f")]
    [InlineData("€ é \u2028 😀 \U0010FFFF")]
    public void Any_text_reads_back_as_it_was(string text) => Assert.Equal(text, KlantJson.Read(KlantJson.Write(new() { Achternaam = text })).Achternaam);

    [Fact]
    public void Half_a_surrogate_pair_is_replaced_and_no_fault() => Assert.Equal("a\ufffdb", KlantJson.Read(KlantJson.Write(new() { Achternaam = "a\ud83db" })).Achternaam);

    /// <summary>A klant with a value in every field, made by merging a body that names each field of the tables.</summary>
    private static Klant Filled(string subjectType)
    {
        const string verblijf = """{"aoaIdentificatie":"1","wplWoonplaatsNaam":"2","gorOpenbareRuimteNaam":"3","aoaPostcode":"4","aoaHuisnummer":5,"aoaHuisletter":"6","aoaHuisnummertoevoeging":"7","inpLocatiebeschrijving":"8"}""";
        const string buitenland = """{"lndLandcode":"1","lndLandnaam":"2","subAdresBuitenland1":"3","subAdresBuitenland2":"4","subAdresBuitenland3":"5"}""";
        var identificatie = subjectType switch
        {
            SubjectType.NatuurlijkPersoon => $$"""{"inpBsn":"999993653","anpIdentificatie":"1","inpANummer":"1234567890","geslachtsnaam":"2","voorvoegselGeslachtsnaam":"3","voorletters":"4","voornamen":"5","geslachtsaanduiding":"m","geboortedatum":"6","verblijfsadres":{{verblijf}},"subVerblijfBuitenland":{{buitenland}}}""",
            SubjectType.NietNatuurlijkPersoon => $$"""{"innNnpId":"999990639","annIdentificatie":"1","statutaireNaam":"2","innRechtsvorm":"stichting","bezoekadres":"3","subVerblijfBuitenland":{{buitenland}}}""",
            _ => $$"""{"vestigingsNummer":"1","handelsnaam":["2","3"],"verblijfsadres":{{verblijf}},"subVerblijfBuitenland":{{buitenland}}}""",
        };
        using var body = JsonDocument.Parse($$"""
            {"bronorganisatie":"999990639","klantnummer":"1","bedrijfsnaam":"2","functie":"3","websiteUrl":"http://example.com","voornaam":"4","voorvoegselAchternaam":"5",
             "achternaam":"6","telefoonnummer":"7","emailadres":"a@b.nl","adres":{"straatnaam":"1","huisnummer":2,"huisletter":"3","huisnummertoevoeging":"4","postcode":"5","woonplaatsnaam":"6","landcode":"7"},
             "subject":"http://example.com/1","subjectType":"{{subjectType}}","subjectIdentificatie":{{identificatie}}}
            """);
        var errors = new List<Klanten.Core.Fields.FieldError>();
        var klant = Klanten.Core.UseCases.KlantInput.Merge(null, body.RootElement, partial: false, subjectReachable: true, errors);
        Assert.Empty(errors);
        return klant;
    }

    private static IEnumerable<string> Defaults(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => Defaults(p.Value, $"{path}/{p.Name}")),
        JsonValueKind.Null => [path],
        JsonValueKind.String when value.GetString() == "" => [path],
        _ => [],
    };
}
