using Klanten.Functions.Http;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Functions.Operations;

/// <summary>Every path that no operation has. A Functions host tries functions by name and takes the first match: this one sorts last.</summary>
public sealed class Unmatched(PublicAddress address)
{
    [Function("zz_rest")]
    public Task<IResult> HandleAsync([HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<IResult>(new ProblemAnswer(Problem.NotFound, address.UrlsOf(request)));
}
