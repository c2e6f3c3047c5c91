using Klanten.Core.Ports;
using SQLitePCL;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>What a person is told about the embedded store: why it is refused, and what SQLite reported.</summary>
internal static class SqliteTexts
{
    public static readonly Text InUse = new(
        "De database (Klanten:Sqlite:Pad) is in gebruik door een ander proces ({0}), en één proces tegelijk mag erin schrijven: stop dat "
            + "eerst.",
        "The database (Klanten:Sqlite:Pad) is in use by another process ({0}), and one process at a time may write to it: stop that one "
            + "first.");
    public static readonly Text Owner = new("proces {0}, versie {1}, sinds {2}", "process {0}, version {1}, since {2}");
    public static readonly Text OwnerUnknown = new("dat geen naam achterliet", "which left no name");
    public static readonly Text NotLockable = new(
        "De database (Klanten:Sqlite:Pad) kan niet worden geopend, omdat het vergrendelbestand ernaast ({0}) niet te vergrendelen is: {1}. "
            + "Geef het programma schrijfrechten op de map, op een schijf van deze machine.",
        "The database (Klanten:Sqlite:Pad) cannot be opened, because the lock file beside it ({0}) cannot be locked: {1}. Give the program "
            + "write access to the folder, on a disk of this machine.");
    public static readonly Text NotOpened = new(
        "De database (Klanten:Sqlite:Pad) kan niet worden geopend: {0}. {1}",
        "The database (Klanten:Sqlite:Pad) cannot be opened: {0}. {1}");
    public static readonly Text SeveralNames = new(
        "De database (Klanten:Sqlite:Pad) heeft verschillende namen (harde links), die elk een eigen logboek zouden hebben: laat er één "
            + "over, want twee logboeken beschadigen het bestand.",
        "The database (Klanten:Sqlite:Pad) has several names (hard links), each of which would have a log of its own: leave it one name, "
            + "for two logs damage the file.");

    public static readonly Text LogWithoutDatabase = new(
        "Naast Klanten:Sqlite:Pad ligt een logboek met {0} transacties (het bestand {1}) zonder zijn database: zet de database terug, of "
            + "haal het logboek weg om met een nieuwe opslag te beginnen.",
        "Beside Klanten:Sqlite:Pad lies a log with {0} transactions (the file {1}) without its database: put the database back, or move "
            + "the log away to start with a new store.");
    public static readonly Text LogDamaged = new(
        "Het logboek naast de database (het bestand {0}) is beschadigd vóór het eind van wat er al uit is overgenomen, en zou een deel "
            + "daarvan ongedaan maken: zet een back-up terug met de opdracht restore.",
        "The log beside the database (the file {0}) is damaged before the end of what was copied from it already, and would undo a part of "
            + "that: put a backup back with the command restore.");
    public static readonly Text LogOfAnotherFile = new(
        "Het logboek naast de database (het bestand {0}) hoort bij een ander bestand, en zou dit beschadigen: zet een back-up terug met de "
            + "opdracht restore, of haal het logboek weg om met de database alleen verder te gaan.",
        "The log beside the database (the file {0}) belongs to another file, and would damage this one: put a backup back with the command "
            + "restore, or move the log away to go on with the database alone.");

    public static readonly Text SchemaNeedsQuiet = new(
        "De database (Klanten:Sqlite:Pad) moet een ander schema krijgen, en een ander programma dat haar open heeft, zou er nog in kunnen "
            + "schrijven (een oudere versie van dit programma, of sqlite3): stop dat eerst.",
        "The database (Klanten:Sqlite:Pad) must get another schema, and another program that has it open could still write to it (an older "
            + "version of this program, or sqlite3): stop that program first.");
    public static readonly Text SchemaBeforeRelease = new(
        "De database heeft schemaversie {0} van voor de eerste uitgave, die dit programma niet kan lezen: gebruik het programma dat haar "
            + "maakte en neem haar klanten over met de API, of begin met een nieuw bestand (Klanten:Sqlite:Pad).",
        "The database has schema version {0} of before the first release, which this program cannot read: serve it with the program that "
            + "made it and copy its klanten over the API, or start with a new file (Klanten:Sqlite:Pad).");
    public static readonly Text SchemaNewer = new(
        "De database heeft schemaversie {0}, van een nieuwer programma; dit programma leest versies tot en met {1}.",
        "The database has schema version {0}, made by a newer program; this program reads versions up to {1}.");
    public static readonly Text SchemaOlder = new(
        "De database heeft een ouder schema: start er eenmaal het programma mee; dat geeft haar het huidige.",
        "The database has an older schema: start the program on it once, which gives it the current one.");
    public static readonly Text OfAnotherProgram = new(
        "De database is van een ander programma: laat Klanten:Sqlite:Pad een nieuw bestand noemen, of een van dit programma.",
        "The database was made by another program: let Klanten:Sqlite:Pad name a new file or one of this program.");

    public static readonly Text NothingToExport = new(
        "Er is geen database om te exporteren (Klanten:Sqlite:Pad).", "There is no database to export (Klanten:Sqlite:Pad).");
    public static readonly Text NoOutbox = new(
        "Er is geen database, dus ook geen outbox (Klanten:Sqlite:Pad).",
        "There is no database, so no outbox either (Klanten:Sqlite:Pad).");
    public static readonly Text NothingToBackUp = new(
        "Er is geen database om een back-up van te maken (Klanten:Sqlite:Pad).", "There is no database to back up (Klanten:Sqlite:Pad).");
    public static readonly Text Unreadable = new("De database kan niet worden gelezen: {0}.", "The database cannot be read: {0}.");

    public static readonly Text BackupExists = new(
        "De back-up bestaat al: geef een andere naam.", "The backup exists already: give it another name.");
    public static readonly Text BackupMissing = new("Die back-up is er niet.", "There is no such backup.");
    public static readonly Text BackupHasLog = new(
        "Naast de back-up ligt een logboek, dus het is een opslag die in gebruik was: laat Klanten:Sqlite:Pad haar noemen, en maak er een "
            + "back-up van.",
        "Beside the backup lies a log, so it is a store that was in use: let Klanten:Sqlite:Pad name it, and make a backup of it.");
    public static readonly Text PreviousIsThere = new(
        "Wat een eerdere restore verving, ligt nog naast de database (het bestand {0}): verplaats of verwijder dat eerst.",
        "What an earlier restore replaced is still beside the database (the file {0}): move or delete it first.");

    public static readonly Text TheBackup = new("De back-up", "The backup");
    public static readonly Text TheCopy = new("De kopie", "The copy");
    public static readonly Text CopyIsEmpty = new("{0} is leeg.", "{0} is empty.");
    public static readonly Text CopyIsDamaged = new(
        "{0} is beschadigd: de integriteitscontrole van SQLite vindt er fouten in.",
        "{0} is damaged: SQLite's integrity check finds errors in it.");
    public static readonly Text CopyIsNoDatabase = new("{0} is geen database.", "{0} is no database.");
    public static readonly Text CopyIsUnusable = new("{0} is niet te gebruiken: {1}.", "{0} cannot be used: {1}.");

    public static readonly Text Locked = new(
        "Een ander proces houdt de database vergrendeld. Verzoeken die daar te lang op moeten wachten, krijgen 503.",
        "Another process has the database locked. Requests that have to wait too long for it are answered with 503.");
    public static readonly Text Full = new(
        "De schijf is vol. Lezen en verwijderen gaan door; andere schrijfacties krijgen 507 tot er ruimte is.",
        "The disk is full. Reads and deletes go on; other writes are answered with 507 until there is room.");
    public static readonly Text Damaged = new(
        "De database is beschadigd en elke schrijfactie wordt geweigerd. Stop het programma, geef de opdracht controleren, en zet een "
            + "back-up terug met de opdracht restore.",
        "The database is damaged and every write is refused. Stop the program, run the command controleren, and put a backup back with the "
            + "command restore.");
    public static readonly Text Replaced = new(
        "De database of haar logboek is verwijderd, verplaatst of vervangen terwijl zij open was. Elke schrijfactie wordt geweigerd "
            + "tot zij terug is.",
        "The database or its log was deleted, moved or replaced while it was open. Every write is refused until it is back.");
    public static readonly Text Unanswered = new(
        "De database kan niet worden gelezen of beschreven.", "The database cannot be read or written.");

    private static readonly Text FileIsLocked = new(
        "een ander proces houdt het bestand vergrendeld (SQLite {0})", "another process has the file locked (SQLite {0})");
    private static readonly Text DiskIsFull = new("de schijf is vol (SQLite {0})", "the disk is full (SQLite {0})");
    private static readonly Text FileIsDamaged = new("het bestand is beschadigd (SQLite {0})", "the file is damaged (SQLite {0})");
    private static readonly Text FileIsNoDatabase = new(
        "het bestand is geen database (SQLite {0})", "the file is no database (SQLite {0})");
    private static readonly Text FileIsClosed = new(
        "het bestand kan niet worden geopend (SQLite {0})", "the file cannot be opened (SQLite {0})");
    private static readonly Text FileIsReadOnly = new("het bestand is alleen te lezen (SQLite {0})", "the file is read-only (SQLite {0})");
    private static readonly Text FileFails = new(
        "lezen of schrijven mislukt (SQLite {0})", "a read or a write fails (SQLite {0})");
    private static readonly Text Other = new("\"{1}\" (SQLite {0})", "\"{1}\" (SQLite {0})");

    /// <summary>What SQLite reported, as a phrase with its extended code (sqlite.org/rescode.html); quoted without words here.</summary>
    public static Sentence Describe(SqliteException exception)
    {
        var text = exception.PrimaryCode switch
        {
            raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => FileIsLocked,
            raw.SQLITE_FULL => DiskIsFull,
            raw.SQLITE_CORRUPT => FileIsDamaged,
            raw.SQLITE_NOTADB => FileIsNoDatabase,
            raw.SQLITE_CANTOPEN => FileIsClosed,
            raw.SQLITE_READONLY or raw.SQLITE_PERM => FileIsReadOnly,
            raw.SQLITE_IOERR => FileFails,
            _ => Other,
        };
        return text == Other ? text.With(exception.Code, exception.Reported) : text.With(exception.Code);
    }

    /// <summary>What the fault means for requests, and what an operator does about it.</summary>
    public static Text Advice(StoreFault fault) => fault switch
    {
        StoreFault.Locked => Locked,
        StoreFault.Full => Full,
        StoreFault.Damaged => Damaged,
        StoreFault.Replaced => Replaced,
        _ => Unanswered,
    };
}
