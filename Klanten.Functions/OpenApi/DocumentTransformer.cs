using Klanten.Functions.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Klanten.Functions.OpenApi;

/// <summary>What holds for the API as a whole: who made it, where it is, how to get in, and everything that operations refer to.</summary>
internal sealed class DocumentTransformer : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = Info();
        document.Servers = [new() { Url = SchemaText.BaseUrl }];
        document.Tags = new HashSet<OpenApiTag> { new() { Name = OperationTransformer.Tag, Description = Texts.Tag } };
        document.Components = Components();
        document.Security = [Security.Requirement(document)];
        document.Paths = RelativeToServer(document.Paths);
        return Task.CompletedTask;
    }

    private static OpenApiInfo Info() => new()
    {
        Title = Texts.Title,
        Description = Texts.Api,
        Version = ApiRoute.Version,
        Contact = new() { Url = new("https://zaakgerichtwerken.vng.cloud"), Email = "standaarden.ondersteuning@vng.nl" },
        License = new() { Name = "EUPL 1.2", Url = new("https://opensource.org/licenses/EUPL-1.2") },
    };

    private static OpenApiComponents Components() => new()
    {
        Responses = Responses.Problems(),
        RequestBodies = new Dictionary<string, IOpenApiRequestBody>
        {
            [KlantSchemas.Klant] = new OpenApiRequestBody { Required = true, Content = Responses.Json(Schemas.Ref(KlantSchemas.Klant)) },
        },
        SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme> { [Security.Scheme] = Security.Jwt() },
        Schemas = KlantSchemas.All().Concat(ProblemSchemas.All()).Concat(AuditTrailSchemas.All())
            .ToDictionary(schema => schema.Name, IOpenApiSchema (schema) => schema.Schema),
    };

    private static OpenApiPaths RelativeToServer(OpenApiPaths paths)
    {
        var relative = new OpenApiPaths();
        foreach (var (path, item) in paths)
        {
            if (item is OpenApiPathItem own) MoveParameters(own);
            relative[path[PublicUrls.ApiPath.Length..]] = item;
        }
        return relative;
    }

    /// <summary>The parameters of a path are the same for all of its operations, so they are told once.</summary>
    private static void MoveParameters(OpenApiPathItem path)
    {
        foreach (var operation in path.Operations!.Values)
        {
            path.Parameters = [.. operation.Parameters!.Where(IsInPath).Select(parameter => Parameters.Path(parameter.Name!))];
            operation.Parameters = [.. operation.Parameters!.Where(parameter => !IsInPath(parameter))];
        }
    }

    private static bool IsInPath(IOpenApiParameter parameter) => parameter.In == ParameterLocation.Path;
}
