using Klanten.Core.Model;
using Klanten.Core.Storage;
using Klanten.Core.UseCases;
using Klanten.Functions.Http;

namespace Klanten.Functions.Functions;

/// <summary>klant_update (PUT): the required fields must be there; fields left out keep their value, as in the reference.</summary>
internal sealed class KlantUpdate(IKlantStore store, UpdateKlant useCase)
{
    public Task<IResult> HandleAsync(string uuid, HttpContext http) => HandleAsync(store, useCase, uuid, Actie.Update, http);

    /// <summary>What klant_update and klant_partial_update share: the klant must exist before its body is looked at.</summary>
    internal static async Task<IResult> HandleAsync(IKlantStore store, UpdateKlant useCase, string uuid, Actie actie, HttpContext http)
    {
        if (!KlantId.TryParse(uuid, out var id) || await store.ReadAsync(id, http.RequestAborted) is not { } before)
            return new ProblemAnswer(Problem.NotFound);
        using var body = await RequestBody.ReadAsync(http);
        if (body.Problem is { } problem) return new ProblemAnswer(problem);
        var url = PublicUrls.Of(http).Klanten;
        return await useCase.ExecuteAsync(before, body.Json, actie, AuditHeaders.Aanroep(http), url, http.RequestAborted) switch
        {
            Outcome.Done { Klant: var klant } => new JsonAnswer(Representation.Klant(klant, url)),
            var refused => new ProblemAnswer(refused.ToProblem()),
        };
    }
}
