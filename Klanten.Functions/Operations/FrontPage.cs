using Klanten.Functions.Pages;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Functions.Operations;

/// <summary>The page at the root of the program, for people.</summary>
public sealed class FrontPage(FrontPageView view)
{
    [Function("voorpagina")]
    public Task<IResult> PageAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.FrontPage)] HttpRequest request,
        CancellationToken cancellationToken) =>
        view.AnswerAsync(request, cancellationToken);

    [Function("voorpagina_script")]
    public Task<IResult> ScriptAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.FrontPageScript)] HttpRequest request,
        CancellationToken cancellationToken) =>
        Task.FromResult(view.ScriptAnswer());
}
