namespace Klanten.Functions.Storage.Sqlite;

/// <summary>What <see cref="SqliteCheck"/> finds. What SQLite's own integrity check says is quoted.</summary>
internal static class FindingTexts
{
    public static readonly Text File = new("het bestand", "the file");
    public static readonly Text Schema = new("het schema", "the schema");
    public static readonly Text Counts = new("de tellingen", "the counts");
    public static readonly Text Words = new("de zoekindex", "the full-text index");
    public static readonly Text Klanten = new("de klanten", "the klanten");
    public static readonly Text Trails = new("de audittrails", "the audit trails");
    public static readonly Text Counters = new("de tellers van klantnummers", "the counters of klantnummers");
    public static readonly Text Outbox = new("de outbox", "the outbox");
    public static readonly Text NotRead = new("Van {0} is niet alles te lezen: {1}.", "Not all of {0} can be read: {1}.");

    public static readonly Text Integrity = new(
        "De integriteitscontrole van SQLite meldt: \"{0}\".", "SQLite's integrity check reports: \"{0}\".");
    public static readonly Text Missing = new("De tabel of index {0} ontbreekt.", "The table or index {0} is missing.");

    public static readonly Text AllKlanten = new("alle klanten", "all klanten");
    public static readonly Text OfBronorganisatie = new("bronorganisatie {0}", "bronorganisatie {0}");
    public static readonly Text WrongCount = new(
        "De telling van {0} is {1}, en er zijn {2} klanten.", "The count of {0} is {1}, and there are {2} klanten.");
    public static readonly Text WrongBlocks = new(
        "Van {0} hebben {1} blokken een andere telling dan zij klanten hebben.",
        "Of {0} {1} blocks have another count than they have klanten.");
    public static readonly Text WrongWords = new(
        "De zoekindex van e-mailadressen, telefoonnummers, namen en postcodes wijkt af van de klanten.",
        "The full-text index of email addresses, telephone numbers, names and postal codes differs from the klanten.");
    public static readonly Text NoUuid = new("De klant in rij {0} heeft geen uuid.", "The klant in row {0} has no uuid.");
    public static readonly Text UnreadableKlant = new("De JSON van klant {0} is niet te lezen.", "The JSON of klant {0} cannot be read.");
    public static readonly Text WrongColumn = new(
        "De kolom {0} van klant {1} wijkt af van de JSON.", "The column {0} of klant {1} differs from its JSON.");

    public static readonly Text Orphans = new("{0} auditregels zijn van geen klant.", "{0} audit entries are of no klant.");
    public static readonly Text IncompleteTrail = new(
        "De audittrail van klant {0} heeft {1} regels, en de klant is {2} keer geschreven.",
        "The trail of klant {0} has {1} entries, and it was written {2} times.");
    public static readonly Text MisplacedEntry = new(
        "Auditregel {0} van klant {1} staat niet op de juiste plaats in de audittrail.",
        "Audit entry {0} of klant {1} is not at its place in the trail.");
    public static readonly Text UnreadableState = new(
        "De toestand vóór auditregel {0} van klant {1} is niet te lezen.",
        "The state before audit entry {0} of klant {1} cannot be read.");
    public static readonly Text WrongNumber = new(
        "De teller van klantnummers van {0} is {1}.", "The counter of klantnummers of {0} is {1}.");

    public static readonly Text Undeliverable = new(
        "{0} notificaties in de outbox zijn niet te bezorgen.", "{0} notifications in the outbox cannot be delivered.");
    public static readonly Text NotAtTheirTurn = new(
        "{0} notificaties in de outbox zijn niet op hun beurt.", "{0} notifications in the outbox are not at their turn.");
    public static readonly Text WrongWaiting = new(
        "De telling van notificaties die wachten is {0}, en er zijn er {1}.",
        "The count of notifications that are waiting is {0}, and there are {1}.");
    public static readonly Text WrongParked = new(
        "De telling van notificaties die geparkeerd zijn is {0}, en er zijn er {1}.",
        "The count of notifications that are parked is {0}, and there are {1}.");
}
