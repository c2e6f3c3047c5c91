using Klanten.Functions.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Klanten.Functions.OpenApi;

/// <summary>Describes an operation by its endpoint (name, method, scope) and its form.</summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    public const string Tag = "klanten";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var operationId = operation.OperationId!;
        var form = OperationForm.Of(operationId);
        var method = context.Description.HttpMethod!;
        var document = context.Document!;
        var scope = context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiRoute>().First().Scope!;

        (operation.Summary, operation.Description) = Texts.Operation(operationId);
        operation.Tags = new HashSet<OpenApiTagReference> { new(Tag, document) };
        operation.Security = [Security.Requirement(document, scope)];
        operation.Parameters = [.. operation.Parameters ?? [], .. ParametersOf(form, method)];
        operation.RequestBody = HasBody(method) ? new OpenApiRequestBodyReference(KlantSchemas.Klant) : null;
        operation.Responses = ResponsesOf(form);
        return Task.CompletedTask;
    }

    private static IEnumerable<OpenApiParameter> ParametersOf(OperationForm form, string method)
    {
        if (form.Filterable) foreach (var parameter in Parameters.Filters().Append(Parameters.Page())) yield return parameter;
        if (form.Cacheable) yield return Parameters.IfNoneMatch();
        if (HasBody(method)) yield return Parameters.ContentType();
        if (!HttpMethods.IsGet(method)) foreach (var parameter in Parameters.Audit()) yield return parameter;
    }

    private static OpenApiResponses ResponsesOf(OperationForm form)
    {
        var responses = new OpenApiResponses { [Responses.Name(form.Status)] = Responses.Success(form.Status, form.Answer, form.Cacheable) };
        foreach (var status in form.Errors.Concat(Responses.AnyOperation).Order()) responses[Responses.Name(status)] = Responses.Problem(status);
        return responses;
    }

    private static bool HasBody(string method) => !HttpMethods.IsGet(method) && !HttpMethods.IsDelete(method);
}
