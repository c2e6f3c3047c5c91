namespace Klanten.Functions.ExternalApis;

/// <summary>What became of a call of another API, after its name, and what an operator can do about it.</summary>
internal static class CallTexts
{
    public static readonly Text Answered = new("antwoordde {0}", "answered {0}");
    public static readonly Text Unreadable = new(
        "antwoordde {0} met iets anders dan zijn JSON", "answered {0} with something else than its JSON");
    public static readonly Text Late = new("antwoordde niet op tijd", "did not answer in time");
    public static readonly Text NameNotFound = new("heeft een naam die niet te vinden is", "has a name that is not found");
    public static readonly Text NotTrusted = new("gaf geen vertrouwde TLS-verbinding", "gave no trusted TLS connection");
    public static readonly Text NoHttp = new("antwoordde met iets anders dan HTTP", "answered with something else than HTTP");
    public static readonly Text TooLong = new("stuurde een antwoord dat te lang is", "sent an answer that is too long");
    public static readonly Text ConnectionRefused = new("weigerde de verbinding", "refused the connection");
    public static readonly Text Unreachable = new("was niet te bereiken", "could not be reached");
    public static readonly Text ConnectionClosed = new(
        "verbrak de verbinding voor er een antwoord was", "closed the connection before it answered");

    public static readonly Text CheckUrl = new("controleer {0}:Url", "check {0}:Url");
    public static readonly Text CheckLoad = new(
        "controleer het netwerk, DNS, en hoe druk die API is", "check the network, DNS, and the load of that API");
    public static readonly Text CheckName = new("controleer de naam in {0}, en DNS", "check the name in {0}, and DNS");
    public static readonly Text CheckCertificate = new(
        "controleer het certificaat, en of deze machine de uitgever ervan vertrouwt",
        "check its certificate, and whether this machine trusts who issued it");
    public static readonly Text CheckAddress = new("controleer het adres in {0}", "check the address in {0}");
    public static readonly Text CheckWhetherItRuns = new(
        "controleer of die API draait, en het adres in {0}", "check whether it runs, and the address in {0}");
    public static readonly Text CheckNetwork = new(
        "controleer het netwerk, en het adres in {0}", "check the network, and the address in {0}");
    public static readonly Text CheckRedirect = new(
        "omleidingen worden niet gevolgd, dus controleer {0}:Url", "redirects are not followed, so check {0}:Url");
    public static readonly Text CheckClient = new(
        "controleer ClientId en Secret in {0}, en wat die client daar mag",
        "check ClientId and Secret in {0}, and what that client may do there");
    public static readonly Text CheckKanaal = new(
        "controleer of kanaal {0} daar geregistreerd is (kanaal-registreren)",
        "check whether kanaal {0} is registered there (kanaal-registreren)");
    public static readonly Text SeeItsLog = new("het logboek van die API zegt misschien waarom", "its own log may say why");
}
