using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Autorisaties;
using Klanten.Functions.Http;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Functions.Operations;

/// <summary>klant_read: one klant, with an ETag.</summary>
public sealed class KlantRead(IKlantStore store, PublicAddress address)
{
    [Function("klant_read"), RequiresScope(Scopes.KlantenLezen)]
    public async Task<IResult> HandleAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.Klant)] HttpRequest request,
        string uuid,
        CancellationToken cancellationToken)
    {
        var urls = address.UrlsOf(request);
        if (!KlantId.TryParse(uuid, out var id) || await store.ReadAsync(id, cancellationToken) is not { } klant)
        {
            return new ProblemAnswer(Problem.NotFound, urls);
        }
        return new JsonAnswer(Representation.Klant(id, klant.Json, urls.Klanten, RequestDialect.Of(request))) { Conditional = urls };
    }
}
