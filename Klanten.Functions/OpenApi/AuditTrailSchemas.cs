using Microsoft.OpenApi;

namespace Klanten.Functions.OpenApi;

/// <summary>The schemas of an audit trail.</summary>
internal static class AuditTrailSchemas
{
    public const string AuditTrail = "AuditTrail";

    private const string Wijzigingen = "Wijzigingen";

    /// <summary>The components that keep an audit trail, by the codes of the standard.</summary>
    private static readonly string[] Bronnen = ["ac", "nrc", "zrc", "ztc", "drc", "brc", "cmc", "kc"];

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        (Wijzigingen, Schemas.Object(required: [], ("oud", AnyObject()), ("nieuw", AnyObject()))),
        (AuditTrail, OfRegel()),
    ];

    private static OpenApiSchema OfRegel()
    {
        var aanmaakdatum = Schemas.Text(format: "date-time");
        aanmaakdatum.ReadOnly = true;
        return Schemas.Object(
            required: ["bron", "actie", "resultaat", "hoofdObject", "resource", "resourceUrl", "resourceWeergave", "wijzigingen"],
            ("uuid", Schemas.Text(format: "uuid")),
            ("bron", Schemas.Text(choices: Bronnen)),
            ("applicatieId", Schemas.Text(max: 100)),
            ("applicatieWeergave", Schemas.Text(max: 200)),
            ("gebruikersId", Schemas.Text(max: 255)),
            ("gebruikersWeergave", Schemas.Text(max: 255)),
            ("actie", Schemas.Text(min: 1, max: 50)),
            ("actieWeergave", Schemas.Text(max: 200)),
            ("resultaat", Schemas.Integer(min: 100, max: 599)),
            ("hoofdObject", Schemas.Text(min: 1, max: 1000, format: "uri")),
            ("resource", Schemas.Text(min: 1, max: 50)),
            ("resourceUrl", Schemas.Text(min: 1, max: 1000, format: "uri")),
            ("toelichting", Schemas.Text()),
            ("resourceWeergave", Schemas.Text(min: 1, max: 200)),
            ("aanmaakdatum", aanmaakdatum),
            ("wijzigingen", Schemas.Ref(Wijzigingen)));
    }

    private static OpenApiSchema AnyObject() => new() { Type = JsonSchemaType.Object };
}
