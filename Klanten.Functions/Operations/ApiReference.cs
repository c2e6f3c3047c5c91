using Klanten.Functions.Pages;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Functions.Operations;

/// <summary>The reference of the API for people, beside its OpenAPI document.</summary>
public sealed class ApiReference(ApiReferenceView view)
{
    [Function("schema_naslag")]
    public Task<IResult> PageAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.Reference)] HttpRequest request,
        CancellationToken cancellationToken) =>
        Task.FromResult(view.Page(request));

    [Function("schema_naslag_script")]
    public Task<IResult> StartScriptAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.ReferenceScript)] HttpRequest request,
        CancellationToken cancellationToken) =>
        Task.FromResult(view.StartScript());

    [Function("schema_scalar")]
    public Task<IResult> ScalarScriptAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.ScalarScript)] HttpRequest request,
        CancellationToken cancellationToken) =>
        Task.FromResult(view.ScalarScript(request));
}
