using Klanten.Core.Model;
using Klanten.Functions.Autorisaties;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Functions.Operations;

/// <summary>
/// klant_update (PUT): the required fields must be present; other fields that are left out keep their value, as in the reference.
/// </summary>
public sealed class KlantUpdate(UpdateHandler handler)
{
    [Function("klant_update"), RequiresScope(Scopes.KlantenBijwerken)]
    public Task<IResult> HandleAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Routes.Klant)] HttpRequest request,
        string uuid,
        CancellationToken cancellationToken) =>
        handler.ExecuteAsync(request, uuid, Actie.Update, cancellationToken);
}
