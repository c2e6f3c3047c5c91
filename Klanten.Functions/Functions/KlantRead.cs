using Klanten.Core.Model;
using Klanten.Core.Storage;
using Klanten.Functions.Http;

namespace Klanten.Functions.Functions;

/// <summary>klant_read: one klant, with an ETag.</summary>
internal sealed class KlantRead(IKlantStore store)
{
    public async Task<IResult> HandleAsync(string uuid, HttpContext http) =>
        KlantId.TryParse(uuid, out var id) && await store.ReadAsync(id, http.RequestAborted) is { } klant
            ? new JsonAnswer(Representation.Klant(klant, PublicUrls.Of(http).Klanten)) { Cacheable = true }
            : new ProblemAnswer(Problem.NotFound);
}
