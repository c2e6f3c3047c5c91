using Klanten.Core.UseCases;
using Klanten.Functions.Http;

namespace Klanten.Functions.Functions;

/// <summary>klant_create: keeps a new klant (kla-001, kla-002).</summary>
internal sealed class KlantCreate(CreateKlant useCase)
{
    public async Task<IResult> HandleAsync(HttpContext http)
    {
        using var body = await RequestBody.ReadAsync(http);
        if (body.Problem is { } problem) return new ProblemAnswer(problem);
        var url = PublicUrls.Of(http).Klanten;
        return await useCase.ExecuteAsync(body.Json, AuditHeaders.Aanroep(http), url, http.RequestAborted) switch
        {
            Outcome.Done { Klant: var klant } => new JsonAnswer(Representation.Klant(klant, url), StatusCodes.Status201Created) { Location = url.Of(klant.Id) },
            var refused => new ProblemAnswer(refused.ToProblem()),
        };
    }
}
