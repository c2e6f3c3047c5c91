using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.UseCases;
using Klanten.Functions.Http;

namespace Klanten.Functions.Operations;

/// <summary>What klant_update and klant_partial_update share: the klant must exist before the body of the request is read.</summary>
public sealed class UpdateHandler(IKlantStore store, ChangeKlant useCase, PublicAddress address)
{
    public async Task<IResult> ExecuteAsync(HttpRequest request, string uuid, Actie actie, CancellationToken cancellationToken)
    {
        var urls = address.UrlsOf(request);
        if (!KlantId.TryParse(uuid, out var id) || await store.ReadAsync(id, cancellationToken) is not { } before)
        {
            return new ProblemAnswer(Problem.NotFound, urls);
        }
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        if (body.Problem is { } problem)
        {
            return new ProblemAnswer(problem, urls);
        }
        return await useCase.ExecuteAsync(before, body.Json, actie, AuditHeaders.AuditContext(request), urls.Klanten, cancellationToken) switch
        {
            Outcome.Done done => new JsonAnswer(Representation.Klant(done.Id, done.Json, urls.Klanten)),
            var refused => new ProblemAnswer(refused.ToProblem(), urls),
        };
    }
}
