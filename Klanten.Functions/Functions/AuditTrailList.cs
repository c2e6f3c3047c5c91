using Klanten.Core.Model;
using Klanten.Core.Storage;
using Klanten.Functions.Http;

namespace Klanten.Functions.Functions;

/// <summary>audittrail_list: the whole trail of a klant, oldest entry first.</summary>
internal sealed class AuditTrailList(IKlantStore store)
{
    public async Task<IResult> HandleAsync(string klantUuid, HttpContext http) =>
        KlantId.TryParse(klantUuid, out var id) && await store.ReadAuditTrailAsync(id, http.RequestAborted) is { } regels
            ? new JsonAnswer(Representation.AuditTrail(id, regels, PublicUrls.Of(http).Klanten))
            : new ProblemAnswer(Problem.NotFound);
}
