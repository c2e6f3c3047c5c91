using Klanten.Core.Model;
using Klanten.Core.UseCases;
using Klanten.Functions.Http;

namespace Klanten.Functions.Functions;

/// <summary>klant_delete: takes away the klant and its audit trail. A body is not looked at.</summary>
internal sealed class KlantDelete(DeleteKlant useCase)
{
    public async Task<IResult> HandleAsync(string uuid, HttpContext http)
    {
        if (!KlantId.TryParse(uuid, out var id)) return new ProblemAnswer(Problem.NotFound);
        return await useCase.ExecuteAsync(id, PublicUrls.Of(http).Klanten, http.RequestAborted) switch
        {
            Outcome.Done => Results.NoContent(),
            var refused => new ProblemAnswer(refused.ToProblem()),
        };
    }
}
