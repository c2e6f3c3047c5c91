namespace Klanten.Functions.OpenApi;

/// <summary>What the document says to people; of the fields it is said in <see cref="FieldTexts"/>.</summary>
internal static class Texts
{
    public const string Title = "Klanten API";

    public const string Api = """
        Registreer klanten en zoek ze terug. Een klant is een persoon, een organisatie of een vestiging zoals die zichzelf
        bij een overheid bekend maakt: de gegevens zijn niet aan een basisregistratie getoetst.

        ## Toegang

        Stuur bij elk verzoek een JWT mee in de header `Authorization: Bearer`, ondertekend met HS256 en het geheim van de
        eigen applicatie. Welke scopes de applicatie heeft staat in de Autorisaties API; per operatie staat hieronder welke
        scope nodig is.

        ## Caching

        Een klant en een auditregel worden gegeven met een `ETag`. Wie die terugstuurt in `If-None-Match` krijgt status 304,
        zonder inhoud, zolang er niets is veranderd. Met `HEAD` komen alleen de headers.

        ## Notificaties

        Elke wijziging van een klant wordt bekendgemaakt op het kanaal `klanten` van de Notificaties API. Hoofdobject is de
        klant; abonnees kunnen filteren op het kenmerk `subjectType`.
        """;

    public const string Tag = """
        Een klant is een persoon, organisatie of vestiging, met gegevens die niet zijn geverifieerd en daarom bijna allemaal
        mogen ontbreken. Is bekend wie het werkelijk is, leg dan het verband: met `subject` als die een URL heeft in een
        andere registratie, en anders met `subjectIdentificatie`.
        """;

    public const string Adres = "Adres dat de klant zelf opgeeft; dat mag ook in het buitenland zijn.";
    public const string OneEtag = "Een enkele ETag";
    public const string MoreEtags = "Een lijst van ETags";

    private static readonly Dictionary<string, (string Summary, string Description)> Operations = new()
    {
        ["klant_list"] = ("Zoek klanten.", "Geeft de klanten die aan alle opgegeven filters voldoen, de oudste eerst, 100 per pagina. Filters zijn hoofdlettergevoelig en vergelijken de hele waarde."),
        ["klant_create"] = ("Registreer een klant.", "Voegt een klant toe. Er is een `subject` of een `subjectIdentificatie` nodig. Ontbreekt `klantnummer`, dan wordt een nummer uitgegeven dat binnen de bronorganisatie nog vrij is."),
        ["klant_read"] = ("Lees een klant.", "Geeft de klant die bij deze URL hoort."),
        ["klant_update"] = ("Vervang de gegevens van een klant.", "Neemt de gegevens uit het verzoek over; de verplichte velden moeten erbij zijn. Een optioneel veld dat ontbreekt houdt de waarde die het had. `subjectType` is niet te wijzigen."),
        ["klant_partial_update"] = ("Wijzig enkele gegevens van een klant.", "Neemt alleen de velden over die in het verzoek staan, ook binnen adressen en identificaties. `subjectType` is niet te wijzigen."),
        ["klant_delete"] = ("Verwijder een klant en de audittrail.", "De klant en alle auditregels zijn daarna weg; dit is niet terug te draaien."),
        ["audittrail_list"] = ("Lees de audittrail van een klant.", "Geeft alle auditregels van de klant, de oudste eerst."),
        ["audittrail_read"] = ("Lees een auditregel.", "Geeft een enkele regel uit de audittrail van de klant."),
    };

    private static readonly Dictionary<string, string> Parameters = new()
    {
        ["klant_uuid"] = "UUID van de klant: het laatste deel van de URL van de klant.",
        ["uuid"] = "UUID waarop de URL van deze resource eindigt.",
        ["page"] = "Nummer van de pagina, geteld vanaf 1. Zonder dit nummer komt de eerste pagina.",
        ["Content-Type"] = "Mediatype van de inhoud van het verzoek.",
        ["X-NLX-Logrecord-ID"] = "Kenmerk waarmee dit verzoek in de logboeken van NLX is terug te vinden.",
        ["X-Audit-Toelichting"] = "Reden van het verzoek, om op te nemen in de audittrail.",
        ["If-None-Match"] = "ETags van antwoorden die de consumer nog heeft, gescheiden door komma's. Is de huidige ETag erbij, dan komt er een antwoord met status 304 zonder inhoud.",
    };

    private static readonly Dictionary<string, string> Headers = new()
    {
        ["API-version"] = "Versie van de standaard die dit antwoord volgt, zoals 1.0.0.",
        ["ETag"] = "Kenmerk van dit antwoord, berekend uit de JSON zoals verzonden. Zolang het antwoord gelijk blijft, blijft de ETag dat ook.",
        ["Location"] = "URL van de klant die is toegevoegd.",
    };

    private static readonly Dictionary<int, string> Statuses = new()
    {
        [200] = "Gelukt.",
        [201] = "Toegevoegd.",
        [204] = "Verwijderd; het antwoord is leeg.",
        [400] = "De gegevens in het verzoek zijn ongeldig of onleesbaar.",
        [401] = "De consumer is niet bekend.",
        [403] = "De consumer heeft hiervoor geen toestemming, of zijn token is niet geldig.",
        [404] = "Hier is niets te vinden.",
        [406] = "Het gevraagde mediatype wordt niet geleverd.",
        [409] = "Het verzoek botst met een ander verzoek of met wat er al is.",
        [410] = "Wat hier was, is er niet meer.",
        [412] = "Aan een voorwaarde van het verzoek is niet voldaan.",
        [415] = "Het mediatype van de inhoud wordt niet ondersteund.",
        [429] = "Er komen nu te veel verzoeken; probeer het later opnieuw.",
        [500] = "Er ging iets mis dat niet aan het verzoek ligt.",
    };

    public static (string Summary, string Description) Operation(string operationId) => Operations.GetValueOrDefault(operationId);

    /// <summary>A filter means what the field means that it compares with.</summary>
    public static string? Parameter(string name) => Parameters.GetValueOrDefault(name) ?? FieldTexts.Find(name.Split("__")[^1]);

    public static string? Header(string name) => Headers.GetValueOrDefault(name);

    public static string? Status(int status) => Statuses.GetValueOrDefault(status);
}
