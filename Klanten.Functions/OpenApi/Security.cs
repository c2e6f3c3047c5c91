using Microsoft.OpenApi;

namespace Klanten.Functions.OpenApi;

/// <summary>How a consumer gets in: a JWT of its own, and the scopes of its application.</summary>
internal static class Security
{
    public const string Scheme = "JWT-Claims";

    public static OpenApiSecurityScheme Jwt() => new() { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" };

    public static OpenApiSecurityRequirement Requirement(OpenApiDocument document, params IEnumerable<string> scopes) => new()
    {
        [new(Scheme, document)] = [.. scopes],
    };
}
