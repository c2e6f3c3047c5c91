using Klanten.Core.Model;
using Klanten.Functions.Autorisaties;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Functions.Operations;

/// <summary>klant_partial_update (PATCH): any of the fields.</summary>
public sealed class KlantPartialUpdate(UpdateHandler handler)
{
    [Function("klant_partial_update"), RequiresScope(Scopes.KlantenBijwerken)]
    public Task<IResult> HandleAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Routes.Klant)] HttpRequest request,
        string uuid,
        CancellationToken cancellationToken) =>
        handler.ExecuteAsync(request, uuid, Actie.PartialUpdate, cancellationToken);
}
