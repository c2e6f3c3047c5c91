namespace Klanten.Functions.Hosts;

/// <summary>What a program that serves prints at its start.</summary>
internal static class StartTexts
{
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
