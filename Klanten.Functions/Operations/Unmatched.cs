using Klanten.Functions.Http;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Functions.Operations;

/// <summary>
/// Every path without an operation. A Functions host matches routes in the order of the function names, so this name sorts last.
/// </summary>
public sealed class Unmatched(PublicAddress address)
{
    [Function("zz_rest")]
    public Task<IResult> HandleAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request,
        CancellationToken cancellationToken) =>
        Task.FromResult<IResult>(new ProblemAnswer(Problem.NotFound, address.UrlsOf(request)));
}
