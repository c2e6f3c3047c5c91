using Microsoft.OpenApi;

namespace Klanten.Functions.OpenApi;

/// <summary>What an operation takes and answers, beyond what its endpoint tells of itself.</summary>
/// <param name="Status">Of the answer when all goes well.</param>
/// <param name="Answer">Schema of that answer; null when it is empty.</param>
/// <param name="Errors">Statuses of errors, beyond those of any operation.</param>
internal sealed record OperationForm(int Status, IOpenApiSchema? Answer, params IReadOnlyList<int> Errors)
{
    /// <summary>Whether the answer has an ETag.</summary>
    public bool Cacheable { get; init; }

    public bool Filterable { get; init; }

    // audittrail_list answers 404 as well; the standard leaves it out.
    public static OperationForm Of(string operationId) => operationId switch
    {
        "klant_list" => new(200, KlantSchemas.Page(), 400) { Filterable = true },
        "klant_create" => new(201, Schemas.Ref(KlantSchemas.Klant), 400),
        "klant_read" => new(200, Schemas.Ref(KlantSchemas.Klant), 404) { Cacheable = true },
        "klant_update" or "klant_partial_update" => new(200, Schemas.Ref(KlantSchemas.Klant), 400, 404),
        "klant_delete" => new(204, null, 404),
        "audittrail_list" => new(200, Schemas.List(Schemas.Ref(AuditTrailSchemas.AuditTrail))),
        "audittrail_read" => new(200, Schemas.Ref(AuditTrailSchemas.AuditTrail), 404) { Cacheable = true },
        _ => throw new NotSupportedException($"Operation {operationId} has no form yet."),
    };
}
