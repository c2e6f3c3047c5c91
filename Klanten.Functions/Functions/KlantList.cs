using Klanten.Core.Model;
using Klanten.Core.Storage;
using Klanten.Core.Validation;
using Klanten.Functions.Http;

namespace Klanten.Functions.Functions;

/// <summary>klant_list: a page of the klanten that match every filter, oldest first.</summary>
internal sealed class KlantList(IKlantStore store)
{
    public async Task<IResult> HandleAsync(HttpContext http)
    {
        var parameters = new QueryParameters(http.Request.QueryString);
        var errors = new List<FieldError>();
        var filter = KlantFilter.Read(parameters.Last, errors);
        if (errors.Count > 0) return new ProblemAnswer(Problem.Invalid(errors));
        if (!PageRequest.TryRead(parameters.Last.GetValueOrDefault(QueryParameters.Page), out var asked)
            || await store.ListAsync(filter, asked, http.RequestAborted) is not { } page)
            return new ProblemAnswer(Problem.PageNotFound);

        var urls = PublicUrls.Of(http);
        var next = page.Number < PageRequest.LastOf(page.Count) ? parameters.LinkTo(urls.List, page.Number + 1) : null;
        var previous = page.Number > 1 ? parameters.LinkTo(urls.List, page.Number - 1) : null;
        return new JsonAnswer(Representation.Page(page, urls, next, previous));
    }
}
