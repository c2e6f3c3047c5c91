namespace Klanten.Functions.Migration;

/// <summary>Why an import or an export cannot go on.</summary>
internal static class MigrationTexts
{
    public static readonly Text NoSource = new("Dat bestand is er niet (--bron).", "There is no such file (--bron).");
    public static readonly Text NoBaseUrl = new("--bron {0}", "--bron {0}");
    public static readonly Text NoSecret = new(
        "Een API vraagt een token: geef --client, en het geheim als Klanten:Importeren:Secret (de omgevingsvariabele "
            + "Klanten__Importeren__Secret).",
        "An API asks for a token: give --client, and its secret as Klanten:Importeren:Secret (the environment variable "
            + "Klanten__Importeren__Secret).");
    public static readonly Text Unreadable = new("Het bestand kan niet worden gelezen: {0}.", "The file cannot be read: {0}.");
    public static readonly Text UnreadableEnd = new(
        "Het bestand kan niet tot het eind worden gelezen: {0}.", "The file cannot be read to its end: {0}.");
    public static readonly Text UnwritableReport = new(
        "Het verslag (--verslag) kan niet worden geschreven: {0}.", "The report (--verslag) cannot be written: {0}.");
    public static readonly Text SomethingElse = new("het bestand is iets anders", "the file is something else");
    public static readonly Text ProgressOfAnother = new(
        "Het bestand {0} is van een import die onderbroken is ({1}): maak die af, noem een ander bestand met --voortgang, of verwijder "
            + "dit.",
        "The file {0} is of an import that was interrupted ({1}): finish that one, name another file with --voortgang, or delete this "
            + "one.");
    public static readonly Text UnusableProgress = new(
        "Het bestand {0} (--voortgang) is niet te gebruiken: {1}.", "The file {0} (--voortgang) cannot be used: {1}.");

    public static readonly Text UnreadablePage = new(
        "Pagina {0} is niet te lezen. De bron {1}: {2}.", "Page {0} cannot be read. The source {1}: {2}.");
    public static readonly Text NoPage = new(
        "antwoordde met iets anders dan een pagina met klanten", "answered with something else than a page of klanten");
    public static readonly Text CheckSource = new("controleer --bron", "check --bron");
    public static readonly Text CheckRedirect = new(
        "omleidingen worden niet gevolgd, dus geef --bron het adres waar zij eindigen",
        "redirects are not followed, so give --bron the address that they end at");
    public static readonly Text CheckClient = new(
        "controleer --client en Klanten:Importeren:Secret, en of die client daar klanten mag lezen",
        "check --client and Klanten:Importeren:Secret, and whether that client may read klanten there");

    public static readonly Text ExportExists = new(
        "Het bestand bestaat al: geef de export een andere naam.", "The file exists already: give the export another name.");
}
