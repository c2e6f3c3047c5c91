using Klanten.Core.Model;
using Klanten.Core.UseCases;
using Klanten.Functions.Autorisaties;
using Klanten.Functions.Http;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Functions.Operations;

/// <summary>klant_delete: removes the klant and its audit trail. A body is ignored.</summary>
public sealed class KlantDelete(RemoveKlant useCase, WriteDeadline deadline, PublicAddress address)
{
    [Function("klant_delete"), RequiresScope(Scopes.KlantenVerwijderen)]
    public async Task<IResult> HandleAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Routes.Klant)] HttpRequest request,
        string uuid,
        CancellationToken cancellationToken)
    {
        var urls = address.UrlsOf(request);
        if (!KlantId.TryParse(uuid, out var id))
        {
            return new ProblemAnswer(Problem.NotFound, urls);
        }
        var recorded = address.RecordedUrlsOf(request).Klanten;
        var precondition = IfMatch.Read(request, urls.Klanten);
        var outcome = await deadline.RunAsync(token => useCase.ExecuteAsync(id, recorded, precondition, token), cancellationToken);
        return outcome switch
        {
            Outcome.Done => Results.NoContent(),
            var refused => new ProblemAnswer(refused.ToProblem(), urls),
        };
    }
}
