using Klanten.Functions.Http;
using Klanten.Functions.OpenApi;
using Microsoft.Azure.Functions.Worker;

namespace Klanten.Functions.Operations;

/// <summary>The OpenAPI document of the API, which is public.</summary>
public sealed class OpenApiDocuments(OpenApiDocument document, PublicAddress address)
{
    [Function("openapi_yaml")]
    public Task<IResult> YamlAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.OpenApiYaml)] HttpRequest request,
        CancellationToken cancellationToken) =>
        AnswerAsync(OpenApiFormat.Yaml, request);

    [Function("openapi_json")]
    public Task<IResult> JsonAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.OpenApiJson)] HttpRequest request,
        CancellationToken cancellationToken) =>
        AnswerAsync(OpenApiFormat.Json, request);

    [Function("openapi_json_at_root")]
    public Task<IResult> JsonAtRootAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = Routes.OpenApiJsonAtRoot)] HttpRequest request,
        CancellationToken cancellationToken) =>
        AnswerAsync(OpenApiFormat.Json, request);

    private Task<IResult> AnswerAsync(OpenApiFormat format, HttpRequest request) =>
        Task.FromResult(document.Answer(format, address.UrlsOf(request).Api, request.HttpContext.Response));
}
