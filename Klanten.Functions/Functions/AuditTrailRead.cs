using Klanten.Core.Model;
using Klanten.Core.Storage;
using Klanten.Functions.Http;

namespace Klanten.Functions.Functions;

/// <summary>audittrail_read: one entry of a klant's trail, with an ETag.</summary>
internal sealed class AuditTrailRead(IKlantStore store)
{
    public async Task<IResult> HandleAsync(string klantUuid, string uuid, HttpContext http) =>
        KlantId.TryParse(klantUuid, out var id) && Guid.TryParse(uuid, out var regelId)
        && await store.ReadAuditRegelAsync(id, regelId, http.RequestAborted) is { } regel
            ? new JsonAnswer(Representation.AuditRegel(id, regel, PublicUrls.Of(http).Klanten)) { Cacheable = true }
            : new ProblemAnswer(Problem.NotFound);
}
