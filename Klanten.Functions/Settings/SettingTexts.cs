namespace Klanten.Functions.Settings;

/// <summary>What a person is told about settings. A mistake and a remark follow the key.</summary>
internal static class SettingTexts
{
    public static readonly Text Keyed = new("{0} {1}", "{0} {1}");
    public static readonly Text Lines = new("{0}\n{1}", "{0}\n{1}");
    public static readonly Text Remark = new("Let op: {0}", "Note: {0}");

    public static readonly Text FileIsNoJson = new(
        "Het bestand {0} met instellingen is geen JSON: zie regel {1}.", "The file {0} of settings is no JSON: see line {1}.");

    public static readonly Text FileIsNoObject = new(
        "Het bestand {0} met instellingen moet één JSON-object zijn, tussen accolades.",
        "The file {0} of settings must be one JSON object, within braces.");
    public static readonly Text FileHasKeyTwice = new(
        "Het bestand {0} met instellingen heeft de sleutel {1} tweemaal.", "The file {0} of settings has the key {1} twice.");
    public static readonly Text FileHasNoText = new(
        "Het bestand {0} met instellingen heeft een tekst met een half teken (\\ud800 tot \\udfff).",
        "The file {0} of settings has a text with half a character (\\ud800 to \\udfff).");
    public static readonly Text FileIsFolder = new(
        "{0} is een map, en moet een bestand met instellingen zijn.", "{0} is a folder, and must be a file of settings.");
    public static readonly Text FileIsUnreadable = new(
        "Het bestand {0} met instellingen kan niet worden gelezen ({1}).", "The file {0} of settings cannot be read ({1}).");

    public static readonly Text Unknown = new("bestaat niet; bedoelt u {0}?", "does not exist; did you mean {0}?");
    public static readonly Text NoNumber = new(
        "bestaat niet; {0} is een lijst, genummerd vanaf 0.", "does not exist; {0} is a list, numbered from 0.");
    public static readonly Text Gap = new(
        "ontbreekt; {0} is een doorlopend genummerde lijst.", "is missing; {0} is a list that is numbered without gaps.");
    public static readonly Text GroupHasNoValue = new(
        "is een groep en heeft zelf geen waarde.", "is a group and has no value of its own.");
    public static readonly Text ListHasNoValue = new(
        "is een lijst en heeft zelf geen waarde.", "is a list and has no value of its own.");

    public static readonly Text OneOf = new("moet een van {0} zijn.", "must be one of {0}.");
    public static readonly Text OneOfFew = new("moet {0} zijn.", "must be {0}.");
    public static readonly Text Or = new("{0} of {1}", "{0} or {1}");
    public static readonly Text Boolean = new("moet true of false zijn.", "must be true or false.");
    public static readonly Text WholeNumber = new("moet een geheel getal zijn.", "must be a whole number.");
    public static readonly Text Duration = new(
        "moet een tijdsduur zijn, bijvoorbeeld 00:00:05.", "must be a duration, such as 00:00:05.");
    public static readonly Text AtLeast = new("moet minstens {0} zijn.", "must be at least {0}.");
    public static readonly Text Between = new("moet tussen {0} en {1} liggen.", "must be between {0} and {1}.");
    public static readonly Text UpToAMinute = new(
        "moet tussen 0 en 1 minuut liggen, bijvoorbeeld {0}.", "must be between 0 and 1 minute, such as {0}.");
    public static readonly Text UpToADay = new(
        "moet tussen 1 seconde en 1 dag liggen, bijvoorbeeld 00:10:00.", "must be between 1 second and 1 day, such as 00:10:00.");
    public static readonly Text UpToTenYears = new(
        "moet tussen 1 minuut en 3650 dagen liggen, bijvoorbeeld 01:00:00.", "must be between 1 minute and 3650 days, such as 01:00:00.");

    public static readonly Text Null = new("mag niet null zijn; laat de sleutel weg.", "must not be null; leave out the key.");
    public static readonly Text Empty = new("mag niet leeg zijn.", "must not be empty.");
    public static readonly Text Spaces = new(
        "mag niet met een spatie beginnen of eindigen.", "must not begin or end with a space.");
    public static readonly Text Twice = new("staat ook al bij {0}.", "is at {0} already.");
    public static readonly Text AlreadyThere = new("staat er al.", "is there already.");
    public static readonly Text SecretTooShort = new("moet minstens {0} bytes lang zijn.", "must be at least {0} bytes long.");
    public static readonly Text NoBaseUrl = new(
        "moet een absolute http- of https-URL zijn, zonder query, fragment of gebruikersnaam.",
        "must be an absolute http or https URL, without a query, fragment or user name.");
    public static readonly Text NoHost = new(
        "moet de naam of het adres van een host zijn, zonder poort.", "must be the name or the address of a host, without a port.");
    public static readonly Text NoHostWithPort = new(
        "moet de naam of het adres van een host zijn, zo nodig met :poort.",
        "must be the name or the address of a host, with :port if need be.");
    public static readonly Text NoOrigin = new(
        "moet een origin zijn, zoals https://balie.gemeente.nl, of *.", "must be an origin, such as https://balie.gemeente.nl, or *.");
    public static readonly Text NoNetwork = new(
        "moet een IP-adres of een netwerk zijn, zoals 10.0.0.4 of 10.0.0.0/24.",
        "must be an IP address or a network, such as 10.0.0.4 or 10.0.0.0/24.");
    public static readonly Text UrlMissing = new(
        "ontbreekt; laat de hele sectie weg om deze API niet te gebruiken.",
        "is missing; leave out the whole section to do without this API.");

    public static readonly Text NoClientId = new("moet minstens één client_id bevatten.", "must have at least one client_id.");
    public static readonly Text NoUuid = new(
        "moet een uuid zijn, zoals 00000000-0000-4000-8000-000000000000.", "must be a uuid, such as 00000000-0000-4000-8000-000000000000.");
    public static readonly Text TooLong = new("mag hooguit {0} tekens lang zijn.", "must be at most {0} characters long.");
    public static readonly Text NoRsin = new(
        "moet een RSIN zijn: 9 cijfers die aan de elfproef voldoen.", "must be an RSIN: 9 digits that pass the 11-test.");
    public static readonly Text DialectOfBronorganisatie = new(
        "moet {0} zijn, want alleen daarmee heeft {1} zin.", "must be {0}, for only with that {1} has a use.");
    public static readonly Text NoScope = new(
        "is geen scope van de standaard; bedoelt u {0}?", "is no scope of the standard; did you mean {0}?");

    public static readonly Text NoCosmosName = new(
        "moet 1 tot 255 tekens lang zijn, zonder /, \\, ? en # en zonder spatie aan het eind.",
        "must be 1 to 255 characters long, without /, \\, ? and # and without a space at its end.");
    public static readonly Text CosmosAddress = new(
        "Geef Klanten:Cosmos:Endpoint of Klanten:Cosmos:ConnectionString op, niet allebei.",
        "Give Klanten:Cosmos:Endpoint or Klanten:Cosmos:ConnectionString, not both.");
    public static readonly Text NoConnectionString = new(
        "moet een AccountEndpoint (URL) en een AccountKey (base64) bevatten, en als DisableServerCertificateValidation "
            + "alleen true of false.",
        "must have an AccountEndpoint (URL) and an AccountKey (base64), and DisableServerCertificateValidation as true or false only.");

    public static readonly Text NoUrl = new("moet een http- of https-URL zijn.", "must be an http or https URL.");
    public static readonly Text NoHeaders = new(
        "moet uit naam=waarde bestaan, gescheiden door komma's.", "must be name=value, separated by commas.");
    public static readonly Text NoTelemetryConnection = new(
        "moet uit naam=waarde bestaan, gescheiden door puntkomma's, met een InstrumentationKey en met elk Endpoint een URL.",
        "must be name=value, separated by semicolons, with an InstrumentationKey and each Endpoint a URL.");

    public static readonly Text SpaceOrTab = new("moet een spatie of een tab zijn.", "must be a space or a tab.");
    public static readonly Text LineEnd = new("moet een regeleinde zijn.", "must be the end of a line.");
    public static readonly Text NoTimestamp = new(
        "moet een tijdnotatie van .NET zijn, zoals \"HH:mm:ss \".", "must be a time format of .NET, such as \"HH:mm:ss \".");
    public static readonly Text Ratio = new("moet een getal van 0 tot en met 1 zijn.", "must be a number from 0 to 1.");
    public static readonly Text NoFile = new(
        "moet een bestand noemen dat bestaat en te lezen is.", "must name a file that exists and can be read.");
    public static readonly Text NoCertificate = new("moet een bestand met een certificaat noemen.", "must name a file with a certificate.");
    public static readonly Text NoHttpsUrl = new("moet een https-URL zijn.", "must be an https URL.");
    public static readonly Text NoAzureIdentity = new(
        "De variabelen AZURE_… vormen geen identiteit; Azure meldt \"{0}\".",
        "The variables AZURE_… make no identity; Azure reports \"{0}\".");
    public static readonly Text UnreadableValue = new(
        "heeft een waarde die niet gelezen kan worden als {0}.", "has a value that cannot be read as {0}.");
    public static readonly Text Missing = new("ontbreekt.", "is missing.");

    public static readonly Text UnusedStore = new(
        "doet niets, want Klanten:Opslag is {0}.", "does nothing, because Klanten:Opslag is {0}.");
    public static readonly Text NoApplications = new(
        "is leeg, dus elk verzoek wordt geweigerd.", "is empty, so every request is refused.");
    public static readonly Text NoScopes = new(
        "heeft geen scopes en er is geen Autorisaties API, dus deze mag niets.",
        "has no scopes and there is no Autorisaties API, so it may do nothing.");
    public static readonly Text ScopesOfAnother = new(
        "heeft scopes voor een andere component dan {0}, dus deze mag hier niets.",
        "has scopes for another component than {0}, so it may do nothing here.");
    public static readonly Text UselessScopes = new(
        "heeft scopes die hier niets toestaan: {0}.", "has scopes that allow nothing here: {0}.");
    public static readonly Text SameAddress = new(
        "doet niets, want het is hetzelfde adres als {0}.", "does nothing, because it is the same address as {0}.");
    public static readonly Text NoDemoHere = new(
        "doet niets, want dit is geen ontwikkelmachine (Development).",
        "does nothing, because this is no developer's machine (Development).");
    public static readonly Text NoProxies = new(
        "is leeg: welk adres van Klanten:PubliekeUrls is gevraagd, volgt dan alleen uit de header Host en uit het schema (http of https) "
            + "waarmee dit programma zelf luistert.",
        "is empty: which address of Klanten:PubliekeUrls was asked follows from the header Host only, and from the scheme (http or https) "
            + "with which this program listens itself.");
    public static readonly Text ProxiesUnderHost = new(
        "doet niets onder een Functions-host: die zegt zelf welk adres is gevraagd.",
        "does nothing under a Functions host, which tells itself which address was asked.");
}
