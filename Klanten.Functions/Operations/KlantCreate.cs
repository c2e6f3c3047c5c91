using Klanten.Core.UseCases;
using Klanten.Functions.Autorisaties;
using Klanten.Functions.Http;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Functions.Operations;

/// <summary>klant_create: registers a new klant (kla-001, kla-002).</summary>
public sealed class KlantCreate(RegisterKlant useCase, WriteDeadline deadline, PublicAddress address)
{
    [Function("klant_create"), RequiresScope(Scopes.KlantenAanmaken)]
    public async Task<IResult> HandleAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Klanten)] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var urls = address.UrlsOf(request);
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        if (body.Problem is { } problem)
        {
            return new ProblemAnswer(problem, urls);
        }
        var recorded = address.RecordedUrlsOf(request).Klanten;
        var dialect = RequestDialect.Of(request);
        var auditContext = AuditHeaders.AuditContext(request);
        var outcome = await deadline.RunAsync(
            token => useCase.ExecuteAsync(body.Json, dialect, auditContext, recorded, token), cancellationToken);
        return outcome switch
        {
            Outcome.Done done => new JsonAnswer(
                Representation.Klant(done.Id, done.Json, urls.Klanten, dialect), StatusCodes.Status201Created)
            {
                Location = urls.Klanten.For(done.Id),
            },
            var refused => new ProblemAnswer(refused.ToProblem(), urls),
        };
    }
}
