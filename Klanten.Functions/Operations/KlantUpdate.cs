using Klanten.Core.Model;
using Klanten.Functions.Autorisaties;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Functions.Operations;

/// <summary>klant_update (PUT): the required fields must be there; fields left out keep their value, as in the reference.</summary>
public sealed class KlantUpdate(UpdateHandler change)
{
    [Function("klant_update"), RequiresScope(Scopes.KlantenBijwerken)]
    public Task<IResult> HandleAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Routes.Klant)] HttpRequest request,
        string uuid,
        CancellationToken cancellationToken) => change.ExecuteAsync(request, uuid, Actie.Update, cancellationToken);
}
