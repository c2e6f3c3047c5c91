using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Core.UseCases;
using Klanten.Functions.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Klanten.Functions.Operations;

/// <summary>
/// Handles klant_update and klant_partial_update. It looks for the klant before it reads the body: a 404 precedes a 412, and
/// both precede a 400.
/// </summary>
public sealed class UpdateHandler(IKlantStore store, ChangeKlant useCase, WriteDeadline deadline, PublicAddress address)
{
    public async Task<IResult> ExecuteAsync(HttpRequest request, string uuid, Actie actie, CancellationToken cancellationToken)
    {
        var urls = address.UrlsOf(request);
        if (!KlantId.TryParse(uuid, out var id) || await store.ReadAsync(id, cancellationToken) is not { } before)
        {
            return new ProblemAnswer(Problem.NotFound, urls);
        }
        var precondition = IfMatch.Read(request, urls.Klanten);
        if (precondition?.Invoke(before) == false)
        {
            return new ProblemAnswer(Problem.PreconditionFailed, urls);
        }
        // The klant is in memory for as long as its body takes to come in.
        if (!request.HttpContext.Features.GetRequiredFeature<WriteRoom.Guest>().TryHold(before.Json.Length))
        {
            return new ProblemAnswer(Problem.Overloaded, urls);
        }
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        if (body.Problem is { } problem)
        {
            return new ProblemAnswer(problem, urls);
        }
        var auditContext = AuditHeaders.AuditContext(request);
        var recorded = address.RecordedUrlsOf(request).Klanten;
        var dialect = RequestDialect.Of(request);
        var outcome = await deadline.RunAsync(
            token => useCase.ExecuteAsync(before, body.Json, dialect, actie, auditContext, recorded, precondition, token),
            cancellationToken);
        return outcome switch
        {
            Outcome.Done done => new JsonAnswer(Representation.Klant(done.Id, done.Json, urls.Klanten, dialect)),
            var refused => new ProblemAnswer(refused.ToProblem(), urls),
        };
    }
}
