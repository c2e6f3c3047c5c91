namespace Klanten.Functions.Operations;

/// <summary>
/// The paths of the standard, and of the pages beside it. They start at the root, because host.json sets an empty route prefix.
/// </summary>
internal static class Routes
{
    public const string Root = "api/v1";

    private const string Api = Root + "/";
    private const string Ref = "ref/";

    public const string Klanten = Api + "klanten";
    public const string Klant = Klanten + "/{uuid}";
    public const string AuditTrail = Klanten + "/{klant_uuid}/audittrail";
    public const string AuditEntry = AuditTrail + "/{uuid}";
    public const string Reference = Api + "schema";
    public const string ReferenceScript = Reference + "/naslag.js";
    public const string ScalarScript = Reference + "/scalar.js";
    public const string OpenApiYaml = Reference + "/openapi.yaml";
    public const string OpenApiJson = Reference + "/openapi.json";

    /// <summary>Where the API design rules of Logius want the document (/core/publish-openapi).</summary>
    public const string OpenApiJsonAtRoot = Api + "openapi.json";

    /// <summary>No function can have the root of the program as its route, so the front page has a name of its own too.</summary>
    public const string FrontPage = "index.html";

    public const string FrontPageScript = Ref + "voorpagina.js";
    public const string Errors = Ref + "fouten";
    public const string Error = Errors + "/{soort}";
    public const string Channels = Ref + "kanalen";
    public const string Scopes = Ref + "scopes";
    public const string Stylesheet = Ref + "pagina.css";
    public const string Icon = Ref + "pictogram.svg";

    /// <summary>Where an operation is found.</summary>
    /// <param name="route">The route of its function.</param>
    public static IEnumerable<string> AddressesOf(string route) => route == FrontPage ? ["/" + route, "/"] : ["/" + route];

    /// <summary>Whether the address of this route ends in a slash, though the route does not.</summary>
    /// <param name="pattern">The route, with a slash in front.</param>
    public static bool EndsInSlash(string? pattern) =>
        pattern is "/" or "/" + Root or "/" + Reference || pattern?.StartsWith("/" + Ref, StringComparison.Ordinal) == true;
}
