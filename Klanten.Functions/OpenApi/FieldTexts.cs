namespace Klanten.Functions.OpenApi;

/// <summary>What the fields mean, by name: a name means the same in every schema.</summary>
internal static class FieldTexts
{
    private static readonly Dictionary<string, string> Klant = new()
    {
        ["url"] = "URL van deze klant, waaraan hij overal is te herkennen.",
        ["bronorganisatie"] = "RSIN van de organisatie die de klant registreerde: 9 cijfers die de elfproef doorstaan.",
        ["klantnummer"] = "Nummer van de klant, uniek binnen de bronorganisatie. Wie bij het aanmaken geen nummer meestuurt, krijgt er een in het antwoord.",
        ["bedrijfsnaam"] = "Naam van het bedrijf waar de klant voor optreedt.",
        ["functie"] = "Functie die de klant daar heeft.",
        ["websiteUrl"] = "Adres van de website van de klant.",
        ["voornaam"] = "Voornaam, voorletters of roepnaam.",
        ["voorvoegselAchternaam"] = "Voorvoegsel dat bij de achternaam hoort, zoals 'van der'.",
        ["achternaam"] = "Achternaam, zonder voorvoegsel.",
        ["telefoonnummer"] = "Telefoonnummer, vast of mobiel.",
        ["emailadres"] = "E-mailadres.",
        ["subject"] = "URL waar een andere registratie vertelt wie de klant is. Deze moet op te halen zijn met HTTP-status 200.",
        ["subjectType"] = """
            Wat voor klant het is, en daarmee de vorm van `subjectIdentificatie`:

            * `natuurlijk_persoon`: een mens
            * `niet_natuurlijk_persoon`: een rechtspersoon of samenwerkingsverband
            * `vestiging`: een vestiging van een onderneming
            """,
    };

    private static readonly Dictionary<string, string> Adressen = new()
    {
        ["straatnaam"] = "Naam van de straat.",
        ["huisnummer"] = "Huisnummer, zonder letter en toevoeging.",
        ["huisletter"] = "Letter achter het huisnummer.",
        ["huisnummertoevoeging"] = "Toevoeging achter huisnummer en huisletter.",
        ["postcode"] = "Postcode, bij een Nederlands adres 4 cijfers en 2 letters.",
        ["woonplaatsnaam"] = "Naam van de woonplaats.",
        ["landcode"] = "Code van het land in de BRP-tabel Landen/Gebieden.",
        ["aoaIdentificatie"] = "Identificatie van het adresseerbare object, zoals een verblijfsobject.",
        ["wplWoonplaatsNaam"] = "Naam van de woonplaats.",
        ["gorOpenbareRuimteNaam"] = "Naam die de gemeente aan de openbare ruimte gaf, meestal een straatnaam.",
        ["aoaPostcode"] = "Postcode van het adresseerbare object.",
        ["aoaHuisnummer"] = "Huisnummer van het adresseerbare object.",
        ["aoaHuisletter"] = "Letter achter het huisnummer.",
        ["aoaHuisnummertoevoeging"] = "Toevoeging achter huisnummer en huisletter.",
        ["inpLocatiebeschrijving"] = "Beschrijving van de plek, voor een verblijf zonder adres.",
        ["lndLandcode"] = "Code van het land in de BRP-tabel Landen/Gebieden.",
        ["lndLandnaam"] = "Naam van het land in de BRP-tabel Landen/Gebieden.",
        ["subAdresBuitenland1"] = "Eerste regel van het buitenlandse adres.",
        ["subAdresBuitenland2"] = "Tweede regel van het buitenlandse adres.",
        ["subAdresBuitenland3"] = "Derde regel van het buitenlandse adres.",
    };

    private static readonly Dictionary<string, string> Identificaties = new()
    {
        ["inpBsn"] = "Burgerservicenummer (BSN) van de persoon.",
        ["anpIdentificatie"] = "Nummer dat de gemeente gaf aan een persoon die niet in de BRP staat.",
        ["inpANummer"] = "A-nummer van de persoon in de BRP: 10 cijfers, waarvan de eerste geen nul is.",
        ["geslachtsnaam"] = "Achternaam, zonder voorvoegsel.",
        ["voorvoegselGeslachtsnaam"] = "Voorvoegsel dat bij de geslachtsnaam hoort.",
        ["voorletters"] = "Eerste letters van de voornamen, in de volgorde van die namen.",
        ["voornamen"] = "Voornamen zoals de persoon ze gebruikt.",
        ["geslachtsaanduiding"] = "Geslacht: `m` is man, `v` is vrouw, `o` is onbekend.",
        ["geboortedatum"] = "Geboortedatum, in vrije vorm omdat delen onbekend kunnen zijn.",
        ["innNnpId"] = "RSIN van de organisatie, uitgegeven door de Kamer van Koophandel.",
        ["annIdentificatie"] = "Nummer dat de gemeente gaf aan een organisatie die niet in het Handelsregister staat.",
        ["statutaireNaam"] = "Naam van de organisatie in haar statuten of vennootschapsovereenkomst.",
        ["innRechtsvorm"] = "Rechtsvorm van de organisatie.",
        ["bezoekadres"] = "Adres waar de organisatie is te bezoeken, in vrije vorm.",
        ["vestigingsNummer"] = "Nummer van de vestiging in het Handelsregister.",
        ["handelsnaam"] = "Namen waaronder de vestiging handelt.",
    };

    private static readonly Dictionary<string, string> Lijsten = new()
    {
        ["count"] = "Aantal klanten op alle pagina's samen.",
        ["next"] = "URL van de volgende pagina; null op de laatste.",
        ["previous"] = "URL van de vorige pagina; null op de eerste.",
        ["results"] = "De klanten op deze pagina.",
    };

    private static readonly Dictionary<string, string> Fouten = new()
    {
        ["type"] = "URI van de soort fout.",
        ["code"] = "Code van de fout, waarop een programma kan handelen.",
        ["title"] = "Korte naam van de soort fout.",
        ["status"] = "HTTP-status van het antwoord.",
        ["detail"] = "Wat er aan de hand is, of wat ertegen te doen is.",
        ["instance"] = "URI van dit ene geval, om bij navraag door te geven.",
        ["invalidParams"] = "De fouten per veld.",
        ["name"] = "Naam van het veld, met punten tussen de niveaus.",
        ["reason"] = "Wat er met de waarde mis is.",
    };

    private static readonly Dictionary<string, string> Auditregel = new()
    {
        ["uuid"] = "UUID van de auditregel.",
        ["bron"] = """
            Component waar de wijziging plaatsvond:

            * `ac`: Autorisaties API
            * `nrc`: Notificaties API
            * `zrc`: Zaken API
            * `ztc`: Catalogi API
            * `drc`: Documenten API
            * `brc`: Besluiten API
            * `cmc`: Contactmomenten API
            * `kc`: Klanten API
            """,
        ["applicatieId"] = "Kenmerk van de applicatie die het verzoek deed.",
        ["applicatieWeergave"] = "Naam van die applicatie.",
        ["gebruikersId"] = "Kenmerk waarmee de organisatie de gebruiker kan terugvinden.",
        ["gebruikersWeergave"] = "Naam van de gebruiker.",
        ["actie"] = "Wat er gedaan is: `create` (toegevoegd), `update` (vervangen) of `partial_update` (deels gewijzigd).",
        ["actieWeergave"] = "De actie in woorden.",
        ["resultaat"] = "HTTP-status waarmee op het verzoek is geantwoord.",
        ["hoofdObject"] = "URL van de klant.",
        ["resource"] = "Soort resource die is gewijzigd.",
        ["resourceUrl"] = "URL van de resource die is gewijzigd.",
        ["toelichting"] = "Reden die bij het verzoek is opgegeven.",
        ["resourceWeergave"] = "Bronorganisatie en klantnummer van de klant, van voor de wijziging.",
        ["aanmaakdatum"] = "Tijdstip van de wijziging.",
        ["oud"] = "De klant van voor de wijziging; null als die toen nog niet bestond.",
        ["nieuw"] = "De klant van na de wijziging.",
    };

    private static readonly Dictionary<string, string> All =
        new(new[] { Klant, Adressen, Identificaties, Lijsten, Fouten, Auditregel }.SelectMany(texts => texts), StringComparer.OrdinalIgnoreCase);

    /// <param name="name">Name of a field; a parameter may spell it with other capitals and underscores.</param>
    public static string? Find(string name) => All.GetValueOrDefault(name.Replace("_", "", StringComparison.Ordinal));
}
