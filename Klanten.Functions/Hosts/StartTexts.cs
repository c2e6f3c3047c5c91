namespace Klanten.Functions.Hosts;

/// <summary>What a program that serves prints at its start.</summary>
internal static class StartTexts
{
    public static readonly Text NotStarted = new("Het programma kan niet starten: {0}.", "The program cannot start: {0}.");
    public static readonly Text NoContentRoot = new(
        "Het programma kan niet starten: er is geen map {0} (ASPNETCORE_CONTENTROOT of --contentRoot).",
        "The program cannot start: there is no folder {0} (ASPNETCORE_CONTENTROOT or --contentRoot).");
    public static readonly Text NoWorkingFolder = new(
        "Het programma kan niet starten: de map waarin het wordt gestart bestaat niet meer.",
        "The program cannot start: the folder that it is started in is gone.");
    public static readonly Text NotListening = new(
        "Het programma kan niet luisteren op {0}: {1}.", "The program cannot listen on {0}: {1}.");
    public static readonly Text AddressOfSettings = new("het ingestelde adres", "the address in the settings");
    public static readonly Text PortInUse = new("de poort is al in gebruik", "the port is in use already");
    public static readonly Text NoCertificate = new(
        "voor https is een certificaat nodig, dat dit programma niet leest: laat TLS ervóór eindigen",
        "https needs a certificate, which this program does not read: let TLS end in front of it");
    public static readonly Text NoUrl = new("dit is geen http-URL", "this is no http URL");
    public static readonly Text PortForbidden = new("het systeem staat deze poort niet toe", "the system does not allow this port");
    public static readonly Text NotOfThisMachine = new("deze machine heeft dat adres niet", "this machine has no such address");

    public static readonly Text HostName = new(
        "de server luistert niet op een naam, en zou bij {0} luisteren op alle adressen van de machine: geef localhost, een IP-adres, of * "
            + "voor alle adressen",
        "the server does not listen on a name, and with {0} it would listen on all addresses of the machine: give localhost, an IP "
            + "address, or * for all addresses");
    public static readonly Text AllAddresses = new(
        "{0} is de naam van deze machine, en de server luistert dan op al haar adressen, zoals bij *.",
        "{0} has the name of this machine, with which the server listens on all of its addresses, as with *.");
    public static readonly Text StaleSocket = new(
        "{0} bestaat al en geen programma luistert erop: verwijder het, als een programma dat is afgebroken het heeft achtergelaten",
        "{0} exists and no program listens on it: remove it, when a program that was killed has left it behind");
    public static readonly Text NoSocketFolder = new(
        "in de map van de socket kan geen socket worden gemaakt", "no socket can be made in the folder of the socket");
    public static readonly Text NotRead = new(
        "doet niets: dit programma leest van Kestrel alleen Endpoints; grenzen staan onder Klanten:Limieten.",
        "does nothing: of Kestrel this program reads Endpoints only; limits are below Klanten:Limieten.");

    public static readonly Text Demo = new(
        """

        Voorpagina:  {0}/
        Klanten API: {1}
        OpenAPI:     {1}/schema/openapi.yaml

        Een token voor de applicatie '{2}' (alleen op deze ontwikkelmachine):

          export TOKEN={3}

        Maak een klant, en lees de klanten:

          {4}
          {5}

        """,
        """

        Front page:  {0}/
        Klanten API: {1}
        OpenAPI:     {1}/schema/openapi.yaml

        A token for the application '{2}' (on this developer's machine only):

          export TOKEN={3}

        Create a klant, and read the klanten:

          {4}
          {5}

        """);
}
