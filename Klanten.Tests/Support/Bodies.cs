using System.Text.Json.Nodes;

namespace Klanten.Tests.Support;

/// <summary>What consumers send.</summary>
public static class Bodies
{
    public const string NatuurlijkPersoonType = "natuurlijk_persoon";
    public const string NietNatuurlijkPersoonType = "niet_natuurlijk_persoon";
    public const string VestigingType = "vestiging";

    private static int numbered;

    /// <summary>The required fields of a klant, but for its subject or identification.</summary>
    public static JsonObject Klant(string rsin) => new() { ["bronorganisatie"] = rsin, ["websiteUrl"] = "http://example.com" };

    /// <summary>A natuurlijk persoon with a klantnummer of its own, all under one bronorganisatie.</summary>
    public static JsonObject NumberedKlant(string? subject = null)
    {
        var klant = NatuurlijkPersoon("999990639").With("klantnummer", $"N{Interlocked.Increment(ref numbered)}");
        return subject is null ? klant : klant.With("subject", subject);
    }

    public static JsonObject NatuurlijkPersoon(string rsin) => OfType(NatuurlijkPersoonType, rsin, "inpBsn", Numbers.Bsn());

    public static JsonObject NietNatuurlijkPersoon(string rsin) => OfType(NietNatuurlijkPersoonType, rsin, "innNnpId", Numbers.Rsin());

    public static JsonObject Vestiging(string rsin) => OfType(VestigingType, rsin, "vestigingsNummer", "000012345678");

    public static JsonObject OfType(string subjectType, string rsin) => subjectType switch
    {
        NatuurlijkPersoonType => NatuurlijkPersoon(rsin),
        NietNatuurlijkPersoonType => NietNatuurlijkPersoon(rsin),
        _ => Vestiging(rsin),
    };

    /// <summary>A klant of which every field is filled, but for <c>subject</c>; as sent and as shown alike.</summary>
    public static JsonObject Volledig(string subjectType, string rsin) => new()
    {
        ["bronorganisatie"] = rsin,
        ["klantnummer"] = "K1",
        ["bedrijfsnaam"] = "Bakkerij Brood",
        ["functie"] = "Directeur",
        ["websiteUrl"] = "https://example.com/brood?dag=1#open",
        ["voornaam"] = "Jan",
        ["voorvoegselAchternaam"] = "de",
        ["achternaam"] = "Vries",
        ["telefoonnummer"] = "+31612345678",
        ["emailadres"] = "jan@example.com",
        ["adres"] = Json.Of("""
            {'straatnaam':'Keizersgracht','huisnummer':117,'huisletter':'b','huisnummertoevoeging':'3hg',
             'postcode':'1015CJ','woonplaatsnaam':'Amsterdam','landcode':'6030'}
            """),
        ["subject"] = "",
        ["subjectType"] = subjectType,
        ["subjectIdentificatie"] = Identificatie(subjectType),
    };

    public static JsonObject Identificatie(string subjectType) => subjectType switch
    {
        NatuurlijkPersoonType => new()
        {
            ["inpBsn"] = Numbers.Bsn(),
            ["anpIdentificatie"] = "12345678901234567",
            ["inpANummer"] = "1234567890",
            ["geslachtsnaam"] = "Vries",
            ["voorvoegselGeslachtsnaam"] = "de",
            ["voorletters"] = "J.P.",
            ["voornamen"] = "Jan Piet",
            ["geslachtsaanduiding"] = "m",
            ["geboortedatum"] = "1980-02-29",
            ["verblijfsadres"] = Verblijfsadres(),
            ["subVerblijfBuitenland"] = SubVerblijfBuitenland(),
        },
        NietNatuurlijkPersoonType => new()
        {
            ["innNnpId"] = Numbers.Rsin(),
            ["annIdentificatie"] = "98765432109876543",
            ["statutaireNaam"] = "Bakkerij Brood B.V.",
            ["innRechtsvorm"] = "besloten_vennootschap",
            ["bezoekadres"] = "Dam 1, Amsterdam",
            ["subVerblijfBuitenland"] = SubVerblijfBuitenland(),
        },
        _ => new()
        {
            ["vestigingsNummer"] = "000012345678",
            ["handelsnaam"] = new JsonArray("Bakkerij Brood", "Broodjeszaak"),
            ["verblijfsadres"] = Verblijfsadres(),
            ["subVerblijfBuitenland"] = SubVerblijfBuitenland(),
        },
    };

    private static JsonNode? Verblijfsadres() => Json.Of("""
        {'aoaIdentificatie':'0363200000000001','wplWoonplaatsNaam':'Amsterdam','gorOpenbareRuimteNaam':'Dam','aoaPostcode':'1012JS',
         'aoaHuisnummer':1,'aoaHuisletter':'a','aoaHuisnummertoevoeging':'bis','inpLocatiebeschrijving':'naast het paleis'}
        """);

    private static JsonNode? SubVerblijfBuitenland() => Json.Of("""
        {'lndLandcode':'5010','lndLandnaam':'België','subAdresBuitenland1':'Rue 1',
         'subAdresBuitenland2':'1000 Bruxelles','subAdresBuitenland3':'regel 3'}
        """);

    private static JsonObject OfType(string subjectType, string rsin, string key, string value) => Klant(rsin)
        .With("subjectType", subjectType)
        .With($"subjectIdentificatie.{key}", value);
}
