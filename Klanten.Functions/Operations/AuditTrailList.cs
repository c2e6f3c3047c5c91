using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Autorisaties;
using Klanten.Functions.Http;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Functions.Operations;

/// <summary>audittrail_list: the whole trail of a klant, oldest entry first.</summary>
public sealed class AuditTrailList(IKlantStore store, PublicAddress address)
{
    [Function("audittrail_list"), RequiresScope(Scopes.AuditTrailsLezen)]
    public async Task<IResult> HandleAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.AuditTrail)] HttpRequest request,
        string klant_uuid,
        CancellationToken cancellationToken)
    {
        var urls = address.UrlsOf(request);
        if (!KlantId.TryParse(klant_uuid, out var id) || await store.ReadAuditTrailAsync(id, cancellationToken) is not { } entries)
        {
            return new ProblemAnswer(Problem.NotFound, urls);
        }
        return Representation.AuditTrail(id, entries, address.RecordedUrlsOf(request).Klanten, RequestDialect.Of(request));
    }
}
