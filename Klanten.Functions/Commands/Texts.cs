using Klanten.Functions.Notificaties;

namespace Klanten.Functions.Commands;

/// <summary>All that the commands say themselves; why a store or an import is refused is with what refuses it.</summary>
internal static class Texts
{
    public static readonly Text Program = new(
        "Klanten API. Zonder opdracht serveert het programma de API; instellingen mogen dan als --sleutel=waarde.",
        "Klanten API. Without a command the program serves the API; settings may then be given as --key=value.");

    public static readonly Text Usage = new("Gebruik", "Usage");
    public static readonly Text CommandAndOptions = new("[opdracht] [opties]", "[command] [options]");
    public static readonly Text OnlyOptions = new("[opties]", "[options]");
    public static readonly Text Commands = new("Opdrachten", "Commands");
    public static readonly Text Options = new("Opties", "Options");
    public static readonly Text Example = new("Voorbeeld", "Example");
    public static readonly Text Required = new("verplicht", "required");
    public static readonly Text Default = new("standaard: {0}", "default: {0}");
    public static readonly Text ExitCodes = new("Exitcodes", "Exit codes");
    public static readonly Text ExitSuccess = new("gelukt", "success");
    public static readonly Text ExitFailure = new(
        "mislukt, geweigerd of gestopt; de reden staat op standard error", "failed, refused or stopped; the reason is on standard error");
    public static readonly Text ExitIncomplete = new(
        "importeer is klaar, maar niet elke klant van de bron is er nu",
        "importeer has ended, but not every klant of the source is here now");
    public static readonly Text Settings = new("Instellingen", "Settings");
    public static readonly Text SettingsOfCommands = new(
        "Opdrachten lezen dezelfde instellingen als het programma: uit appsettings.json en de omgeving (Klanten__Sqlite__Pad=…).",
        "Commands read the same settings as the program: from appsettings.json and the environment (Klanten__Sqlite__Pad=…).");
    public static readonly Text Language = new("Taal", "Language");
    public static readonly Text HowToChangeLanguage = new(
        "Met LANG=en spreekt de opdrachtregel Engels.", "With LANG=nl the command line speaks Dutch.");

    public static readonly Text Help = new("Toon deze uitleg.", "Show this help.");
    public static readonly Text Version = new("Toon de versie.", "Show the version.");
    public static readonly Text Json = new("Geef het resultaat als JSON, voor scripts.", "Give the result as JSON, for scripts.");

    public static readonly Text UnknownCommand = new("Er is geen opdracht '{0}'.", "There is no command '{0}'.");
    public static readonly Text MissingCommand = new("Er ontbreekt een opdracht.", "A command is missing.");
    public static readonly Text UnknownOption = new("Er is geen optie '{0}'.", "There is no option '{0}'.");
    public static readonly Text Nearest = new("Bedoeld is misschien '{0}'.", "Perhaps '{0}' was meant.");
    public static readonly Text SeeHelp = new("Zie {0} --help.", "See {0} --help.");
    public static readonly Text SettingWithCommand = new(
        "'{0}' is geen optie. Een opdracht leest instellingen uit appsettings.json en de omgeving (Klanten__Sqlite__Pad=…).",
        "'{0}' is no option. A command reads settings from appsettings.json and the environment (Klanten__Sqlite__Pad=…).");
    public static readonly Text MissingOption = new("De optie {0} is verplicht.", "The option {0} is required.");
    public static readonly Text MissingValue = new("De optie {0} heeft een waarde nodig.", "The option {0} needs a value.");
    public static readonly Text OptionForValue = new(
        "De optie {0} heeft een waarde nodig, en '{1}' is een optie.", "The option {0} needs a value, and '{1}' is an option.");
    public static readonly Text NullInValue = new(
        "De waarde van {0} bevat een teken dat niet kan (NUL).", "The value of {0} has a character that cannot be (NUL).");
    public static readonly Text SeveralValues = new(
        "De optie {0} mag één keer voorkomen.", "The option {0} may be given once.");
    public static readonly Text NumberRange = new(
        "{0} moet een getal van {1} tot en met {2} zijn.", "{0} must be a number from {1} to {2}.");
    public static readonly Text OneOf = new("{0} moet een van deze zijn: {1}.", "{0} must be one of these: {1}.");

    public static readonly Text Token = new(
        "Druk een nieuw token af voor een applicatie, 12 uur geldig.", "Print a new token for an application, valid for 12 hours.");
    public static readonly Text TokenClient = new(
        "client_id van een applicatie in de configuratie.", "client_id of an application in the configuration.");
    public static readonly Text TokenNoApplication = new(
        "In de configuratie (Klanten:Applicaties) staat geen applicatie met client_id '{0}'.",
        "No application with client_id '{0}' in the configuration (Klanten:Applicaties).");

    public static readonly Text RegisterKanaal = new(
        $"Registreer kanaal '{NotificatiesClient.Kanaal}' bij de Notificaties API.",
        $"Register kanaal '{NotificatiesClient.Kanaal}' at the Notificaties API.");
    public static readonly Text NoNotificaties = new(
        "In de configuratie staat geen Notificaties API (Klanten:Notificaties:Url).",
        "No Notificaties API in the configuration (Klanten:Notificaties:Url).");
    public static readonly Text KanaalRegistered = new("Kanaal '{0}' is geregistreerd.", "Kanaal '{0}' is registered.");
    public static readonly Text KanaalPresent = new("Kanaal '{0}' was al geregistreerd.", "Kanaal '{0}' was registered already.");
    public static readonly Text NotificatiesAnswered = new(
        "De Notificaties API antwoordde {0}.", "The Notificaties API answered {0}.");
    public static readonly Text NotificatiesSilent = new(
        "De Notificaties API antwoordde niet.", "The Notificaties API did not answer.");

    public static readonly Text Notificaties = new(
        "Druk de oudste notificaties in de outbox af, ook terwijl het programma draait.",
        "Print the oldest notifications in the outbox, also while the program serves.");
    public static readonly Text NotificatiesCount = new("Hoeveel notificaties, ten hoogste.", "How many notifications, at most.");
    public static readonly Text OutboxCounts = new(
        "{0} notificaties wachten, {1} zijn geparkeerd.", "{0} notifications wait, {1} are parked.");
    public static readonly Text OutboxHeader = new(
        "status     wacht sinds           leeftijd     pogingen  volgende poging       actie           klant",
        "state      waiting since         age          attempts  next attempt          actie           klant");
    public static readonly Text OutboxWaiting = new("wacht", "waiting");
    public static readonly Text OutboxParked = new("geparkeerd", "parked");
    public static readonly Text OutboxMore = new(
        "{0} andere zijn nieuwer; --aantal N drukt er meer af.", "{0} more are newer; --aantal N prints more.");

    public static readonly Text Resume = new(
        "Laat geparkeerde notificaties weer bezorgen, en wachtende meteen.",
        "Let parked notifications be delivered again, and make waiting ones due at once.");
    public static readonly Text ResumedParked = new("{0} notificaties worden weer bezorgd.", "{0} notifications will be delivered again.");
    public static readonly Text ResumedWaiting = new(
        "{0} notificaties die op hun volgende poging wachtten, zijn nu aan de beurt.",
        "{0} notifications that waited for their next attempt are due now.");

    public static readonly Text Backup = new(
        "Maak een back-up van de SQLite-opslag, ook terwijl het programma draait.",
        "Back up the SQLite store, also while the program serves it.");
    public static readonly Text BackupTo = new(
        "De back-up, een bestand dat nog niet bestaat.", "The backup, a file that does not exist yet.");
    public static readonly Text BackupMade = new(
        "De back-up is volledig en gaaf: {0} bytes.", "The backup is complete and sound: {0} bytes.");
    public static readonly Text BackupStopped = new("Gestopt; er is geen back-up gemaakt.", "Stopped; no backup was made.");
    public static readonly Text BackupCopies = new("back-up schrijven", "writing the backup");
    public static readonly Text BackupIsChecked = new("back-up controleren", "checking the backup");

    public static readonly Text Restore = new(
        "Zet een back-up op de plaats van de SQLite-opslag, terwijl geen programma die gebruikt.",
        "Put a backup in the place of the SQLite store, which no program may be using.");
    public static readonly Text RestoreFrom = new("Een back-up.", "A backup.");
    public static readonly Text Restored = new("De back-up is nu de opslag.", "The backup is the store now.");
    public static readonly Text RestoredBeside = new(
        "De back-up is nu de opslag. Wat er eerst was, is ernaast bewaard als {0}.",
        "The backup is the store now. What was there before is kept beside it, as {0}.");
    public static readonly Text RestoreStopped = new(
        "Gestopt; de opslag is zoals zij was.", "Stopped; the store is as it was.");
    public static readonly Text RestoreCopies = new("back-up lezen", "reading the backup");

    public static readonly Text Check = new(
        "Tel en controleer alles in de SQLite-opslag, terwijl geen programma die gebruikt.",
        "Recount and check everything in the SQLite store, while no program uses it.");
    public static readonly Text CheckMend = new(
        "Zet ook de tellingen op het aantal klanten, en maak de zoekindex opnieuw.",
        "Also set the counts to the number of klanten, and make the full-text index anew.");
    public static readonly Text CheckNothing = new(
        "Er is geen database om te controleren (Klanten:Sqlite:Pad).", "There is no database to check (Klanten:Sqlite:Pad).");
    public static readonly Text CheckSound = new("De opslag is gaaf.", "The store is sound.");
    public static readonly Text CheckNotSound = new(
        "De opslag is niet gaaf: {0} bevindingen.", "The store is not sound: {0} findings.");
    public static readonly Text CheckStopped = new(
        "Gestopt; niet alles is gecontroleerd, en er is niets hersteld.", "Stopped; not everything was checked, and nothing was mended.");
    public static readonly Text CheckStoppedAfterMending = new(
        "Gestopt; de tellingen en de zoekindex zijn hersteld, en niet alles is daarna gecontroleerd.",
        "Stopped; the counts and the full-text index were mended, and not everything was checked after that.");
    public static readonly Text CheckMends = new(
        "tellingen en zoekindex herstellen", "mending the counts and the full-text index");
    public static readonly Text CheckReads = new("bestand en indexen controleren", "checking the file and its indexes");

    public static readonly Text OnlySqlite = new(
        "Deze opdracht is voor SQLite, en Klanten:Opslag is een andere opslag (zie docs/operations.md).",
        "This command is for SQLite, and Klanten:Opslag is another store (see docs/operations.md).");
    public static readonly Text NotPossible = new("Dat kan niet: {0}.", "That is not possible: {0}.");
    public static readonly Text StoreBusy = new(
        "De opslag heeft het te druk; dezelfde opdracht kan het later weer proberen.",
        "The store is out of capacity; the same command may try again later.");
    public static readonly Text CosmosAnswered = new("Cosmos DB antwoordde {0}.", "Cosmos DB answered {0}.");
    public static readonly Text CosmosSilent = new("Cosmos DB antwoordde niet.", "Cosmos DB did not answer.");
    public static readonly Text OutputLost = new(
        "De opdracht is klaar, maar de uitvoer kon niet worden geschreven: {0}.",
        "The command has ended, but its output could not be written: {0}.");
    public static readonly Text Stopped = new("Gestopt.", "Stopped.");
    public static readonly Text Progress = new("{0} klanten", "{0} klanten");

    public static readonly Text Import = new(
        "Neem elke klant van een ander register over, met uuid en klantnummer.",
        "Copy every klant of another register, with its uuid and klantnummer, into the store.");
    public static readonly Text ImportSource = new(
        "De basis-URL van een Klanten API 1.0, zoals https://example.nl/klanten/api/v1, of een bestand van exporteer.",
        "The base URL of a Klanten API 1.0, such as https://example.nl/klanten/api/v1, or a file that exporteer made.");
    public static readonly Text ImportClient = new(
        "client_id bij die API; het geheim is Klanten:Importeren:Secret.",
        "client_id at that API; its secret is Klanten:Importeren:Secret.");
    public static readonly Text ImportDialect = new(
        "Hoe de bron spreekt: volgens de standaard, of zoals Open Klant 1.x.",
        "How the source speaks: by the standard, or as Open Klant 1.x did.");
    public static readonly Text ImportRehearsal = new("Beoordeel elke klant, en verander niets.", "Judge every klant, and change nothing.");
    public static readonly Text ImportReport = new(
        "Het bestand (CSV) dat zegt welke klanten niet zijn overgenomen, en waarom.",
        "The file (CSV) that says which klanten were not taken over, and why.");
    public static readonly Text ImportProgress = new(
        "Het bestand dat bewaart hoe ver de import is, om na een onderbreking verder te gaan.",
        "The file that keeps how far the import is, to go on there after an interruption.");
    public static readonly Text ImportResumes = new(
        "Een eerdere import is onderbroken; deze gaat verder waar die stopte.",
        "An earlier import was interrupted; this one goes on where it stopped.");
    public static readonly Text ImportCounts = new(
        "{0} klanten toegevoegd, {1} waren er al, {2} geweigerd", "{0} klanten added, {1} were here already, {2} refused");
    public static readonly Text ImportDone = new("{0}.", "{0}.");
    public static readonly Text ImportRehearsed = new(
        "Een proef, dus er is niets veranderd: {0}.", "A rehearsal, so nothing was changed: {0}.");
    public static readonly Text ImportRefusals = new(
        "Welke klanten zijn geweigerd, en waarom, staat in {0}.", "Which klanten were refused, and why, is in {0}.");
    public static readonly Text ImportComplete = new(
        "De bron heeft {0} klanten, en alle zijn gelezen.", "The source has {0} klanten, and all were read.");
    public static readonly Text ImportUnsteady = new(
        "De bron veranderde alle {0} keren dat zij gelezen werd: zij heeft {1} klanten, en de laatste keer zijn er {2} gelezen. Herhaal de "
            + "import als het rustig is; wat hier al is, blijft zoals het is.",
        "The source changed each of the {0} times that it was read: it has {1} klanten, and {2} were read the last time. Repeat the import "
            + "when it is quiet; what is here already is left as it is.");
    public static readonly Text ImportStopped = new(
        "Gestopt: {0}. Dezelfde opdracht gaat daar verder.", "Stopped: {0}. The same command goes on from there.");

    public static readonly Text Export = new(
        "Schrijf elke klant naar een bestand met JSON Lines, ook terwijl het programma draait.",
        "Write every klant to a file of JSON Lines, also while the program serves.");
    public static readonly Text ExportTo = new(
        "Het bestand, dat nog niet bestaat. Eindigt de naam op .gz, dan wordt het gecomprimeerd.",
        "The file, which does not exist yet. A name that ends in .gz makes it compressed.");
    public static readonly Text ExportMade = new(
        "{0} klanten staan in het bestand: {1} bytes.", "{0} klanten are in the file: {1} bytes.");

    public static readonly Text ExportStopped = new("Gestopt; er is geen bestand gemaakt.", "Stopped; no file was made.");

    public static readonly Text CosmosContainer = new(
        "Druk infra/cosmos-container.json af, waarmee de container van Cosmos DB wordt gemaakt.",
        "Print infra/cosmos-container.json, from which the container of Cosmos DB is made.");

    public static readonly Text HealthCheck = new(
        "Eindig met 0 als een draaiend programma gezond is, anders met 1.", "Exit with 0 when a running program is healthy, else with 1.");
    public static readonly Text HealthCheckUrl = new(
        "Adres dat 2xx antwoordt als het programma gezond is.", "Address that answers 2xx when the program is healthy.");
    public static readonly Text HealthCheckNoUrl = new("--url moet een http-URL zijn.", "--url must be an http URL.");
    public static readonly Text HealthCheckSilent = new("geen antwoord", "no answer");

    public static readonly Text Seed = new(
        "Voeg aannemelijke klanten met testnummers toe aan de opslag, met de instellingen van het programma.",
        "Add plausible klanten with test numbers to the store, with the settings of the program.");
    public static readonly Text SeedCount = new("Hoeveel klanten.", "How many klanten to add.");
    public static readonly Text SeedBronorganisaties = new(
        "Over hoeveel bronorganisaties zij verdeeld zijn.", "How many bronorganisaties they are spread over.");
    public static readonly Text SeedNumber = new("Hetzelfde zaad geeft dezelfde klanten.", "The same seed makes the same klanten.");
    public static readonly Text Seeded = new("{0} klanten toegevoegd.", "{0} klanten added.");
}
