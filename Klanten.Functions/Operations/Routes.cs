namespace Klanten.Functions.Operations;

/// <summary>The paths of the standard. They start at the root, because host.json sets an empty route prefix.</summary>
internal static class Routes
{
    public const string Root = "api/v1";

    private const string Api = Root + "/";

    public const string Klanten = Api + "klanten";
    public const string Klant = Klanten + "/{uuid}";
    public const string AuditTrail = Klanten + "/{klant_uuid}/audittrail";
    public const string AuditEntry = AuditTrail + "/{uuid}";
    public const string OpenApiYaml = Api + "schema/openapi.yaml";
    public const string OpenApiJson = Api + "schema/openapi.json";

    /// <summary>Where the API design rules of Logius want the document (/core/publish-openapi).</summary>
    public const string OpenApiJsonAtRoot = Api + "openapi.json";
}
