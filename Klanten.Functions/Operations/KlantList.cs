using Klanten.Core.Fields;
using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Autorisaties;
using Klanten.Functions.Http;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Functions.Operations;

/// <summary>klant_list: a page of the klanten that match every filter, oldest first.</summary>
public sealed class KlantList(IKlantStore store, PublicAddress address, ListParameters names)
{
    [Function("klant_list"), RequiresScope(Scopes.KlantenLezen)]
    public async Task<IResult> HandleAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.Klanten)] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var urls = address.UrlsOf(request);
        var parameters = new QueryParameters(request.QueryString);
        var errors = new List<FieldError>();
        var dialect = RequestDialect.Of(request);
        var filter = KlantFilter.Parse(parameters.Last, dialect.Filters, errors);
        names.Check(parameters, dialect, errors);
        if (errors.Count > 0)
        {
            return new ProblemAnswer(Problem.Invalid(errors), urls);
        }
        if (!PageRequest.TryParse(parameters.Last.GetValueOrDefault(QueryParameters.Page), out var asked)
            || await store.ListAsync(filter, asked, cancellationToken) is not { } page)
        {
            return new ProblemAnswer(Problem.PageNotFound, urls);
        }
        var next = page.Number < PageRequest.LastPage(page.Count) ? parameters.LinkTo(urls.List, page.Number + 1) : null;
        var previous = page.Number > 1 ? parameters.LinkTo(urls.List, page.Number - 1) : null;
        return Representation.Page(page, urls, dialect, next, previous);
    }
}
