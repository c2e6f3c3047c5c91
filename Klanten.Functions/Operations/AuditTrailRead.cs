using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Autorisaties;
using Klanten.Functions.Http;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Functions.Operations;

/// <summary>audittrail_read: one entry of a klant's trail, with an ETag.</summary>
public sealed class AuditTrailRead(IKlantStore store, PublicAddress address)
{
    [Function("audittrail_read"), RequiresScope(Scopes.AuditTrailsLezen)]
    public async Task<IResult> HandleAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.AuditEntry)] HttpRequest request,
        string klant_uuid,
        string uuid,
        CancellationToken cancellationToken)
    {
        var urls = address.UrlsOf(request);
        if (!KlantId.TryParse(klant_uuid, out var id)
            || !UuidText.TryParse(uuid, out var entryId)
            || await store.ReadAuditEntryAsync(id, entryId, cancellationToken) is not { } entry)
        {
            return new ProblemAnswer(Problem.NotFound, urls);
        }
        var body = Representation.AuditEntry(id, entry, address.RecordedUrlsOf(request).Klanten, RequestDialect.Of(request));
        return new JsonAnswer(body) { Conditional = urls };
    }
}
