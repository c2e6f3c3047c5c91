using Klanten.Functions.Http;
using Microsoft.OpenApi;

namespace Klanten.Functions.OpenApi;

/// <summary>The OpenAPI document of the API: made of its endpoints, served to anyone.</summary>
internal static class OpenApiServices
{
    private const string SchemaPath = PublicUrls.ApiPath + "/schema/openapi.";
    private const string YamlPath = SchemaPath + "yaml";
    private const string JsonPath = SchemaPath + "json";

    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];

    public static void AddOpenApiSchema(this IServiceCollection services) => services
        .AddSingleton<SchemaDocument>()
        .AddOpenApi(SchemaDocument.Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0;
            options.ShouldInclude = endpoint =>
                endpoint.HttpMethod != HttpMethods.Head
                && endpoint.ActionDescriptor.EndpointMetadata.OfType<ApiRoute>().Any(route => route.Scope is not null);
            options.AddOperationTransformer(new OperationTransformer());
            options.AddDocumentTransformer(new DocumentTransformer());
        });

    public static void MapOpenApiSchema(this IEndpointRouteBuilder app)
    {
        app.MapMethods(YamlPath, Read, (HttpContext http, SchemaDocument document) => document.AnswerAsync(SchemaFormat.Yaml, http)).ExcludeFromDescription();
        app.MapMethods(JsonPath, Read, (HttpContext http, SchemaDocument document) => document.AnswerAsync(SchemaFormat.Json, http)).ExcludeFromDescription();
        foreach (var path in new[] { YamlPath, JsonPath })
            app.Map(path, () => new ProblemAnswer(Problem.MethodNotAllowed)).WithMetadata(new ApiRoute("GET, HEAD", null)).ExcludeFromDescription();
    }
}
