using System.Text.Json;
using Klanten.Core.Validation;
using Klanten.Functions.Http;
using Microsoft.OpenApi;

namespace Klanten.Functions.OpenApi;

/// <summary>The schemas of errors.</summary>
internal static class ProblemSchemas
{
    public const string Fout = "Fout";
    public const string ValidatieFout = "ValidatieFout";

    private const string FieldValidationError = "FieldValidationError";

    private static readonly string Type = Key(nameof(Problem.Type));
    private static readonly string InvalidParams = Key(nameof(Problem.InvalidParams));

    public static IEnumerable<(string Name, OpenApiSchema Schema)> All() =>
    [
        (Fout, OfProblem()),
        (FieldValidationError, OfFieldError()),
        (ValidatieFout, OfProblem((InvalidParams, Schemas.List(Schemas.Ref(FieldValidationError))))),
    ];

    private static OpenApiSchema OfProblem(params (string Name, IOpenApiSchema Schema)[] more)
    {
        (string Name, IOpenApiSchema Schema)[] fields =
        [
            (Type, Schemas.Text()),
            (Key(nameof(Problem.Code)), Schemas.Text(min: 1)),
            (Key(nameof(Problem.Title)), Schemas.Text(min: 1)),
            (Key(nameof(Problem.Status)), Schemas.Integer()),
            (Key(nameof(Problem.Detail)), Schemas.Text(min: 1)),
            ("instance", Schemas.Text(min: 1)),
            .. more,
        ];
        return Schemas.Object(fields.Select(field => field.Name).Where(name => name != Type), fields);
    }

    private static OpenApiSchema OfFieldError()
    {
        string[] names = [Key(nameof(FieldError.Name)), Key(nameof(FieldError.Code)), Key(nameof(FieldError.Reason))];
        return Schemas.Object(required: names, names.Select(name => (name, (IOpenApiSchema)Schemas.Text(min: 1))));
    }

    private static string Key(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);
}
