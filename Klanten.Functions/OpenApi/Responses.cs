using System.Globalization;
using Klanten.Functions.Http;
using Microsoft.OpenApi;

namespace Klanten.Functions.OpenApi;

/// <summary>What the operations answer.</summary>
internal static class Responses
{
    /// <summary>Statuses of the errors that any operation may answer with.</summary>
    public static IReadOnlyList<int> AnyOperation { get; } = [401, 403, 406, 409, 410, 415, 429, 500];

    /// <summary>Statuses of the errors that the standard describes.</summary>
    private static readonly int[] Described = [400, 401, 403, 404, 406, 409, 410, 412, 415, 429, 500];

    /// <summary>The errors, by the name that operations refer to them by.</summary>
    public static Dictionary<string, IOpenApiResponse> Problems() => Described.ToDictionary(Name, IOpenApiResponse (status) => new OpenApiResponse
    {
        Description = Texts.Status(status),
        Headers = Headers(),
        Content = Content(MediaTypes.Problem, Schemas.Ref(status == 400 ? ProblemSchemas.ValidatieFout : ProblemSchemas.Fout)),
    });

    public static OpenApiResponseReference Problem(int status) => new(Name(status));

    public static OpenApiResponse Success(int status, IOpenApiSchema? body, bool cacheable) => new()
    {
        Description = Texts.Status(status),
        Headers = Headers(
            cacheable ? ("ETag", Schemas.Text()) : null,
            status == StatusCodes.Status201Created ? ("Location", Schemas.Text(format: "uri")) : null),
        Content = body is null ? null : Json(body),
    };

    public static Dictionary<string, OpenApiMediaType> Json(IOpenApiSchema schema) => Content(MediaTypes.Json, schema);

    public static string Name(int status) => status.ToString(CultureInfo.InvariantCulture);

    private static Dictionary<string, OpenApiMediaType> Content(string mediaType, IOpenApiSchema schema) =>
        new() { [mediaType] = new OpenApiMediaType { Schema = schema } };

    private static Dictionary<string, IOpenApiHeader> Headers(params (string Name, IOpenApiSchema Schema)?[] more) =>
        more.Append(("API-version", Schemas.Text())).OfType<(string Name, IOpenApiSchema Schema)>()
            .ToDictionary(header => header.Name, IOpenApiHeader (header) => new OpenApiHeader { Description = Texts.Header(header.Name), Schema = header.Schema });
}
