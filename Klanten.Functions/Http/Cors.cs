using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Klanten.Functions.Http;

/// <summary>Section <c>Klanten:Cors</c>.</summary>
public sealed class AllowedOriginsOptions
{
    /// <summary>Origins of browsers that may call the API; none by default, and then OPTIONS is answered with 405.</summary>
    public IList<string> Origins { get; } = [];
}

/// <summary>CORS for the origins of the configuration, through ASP.NET Core's own middleware.</summary>
internal static class Cors
{
    private static readonly TimeSpan PreflightMaxAge = TimeSpan.FromDays(1);
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
    private static readonly string[] ResponseHeaders = ["API-version", "Allow", "ETag", "Location"];
    private static readonly string[] RequestHeaders =
        ["authorization", "content-type", "accept", "if-none-match", "x-audit-toelichting", "x-nlx-logrecord-id"];

    public static void AddAllowedOrigins(this IHostApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection("Klanten:Cors").Get<AllowedOriginsOptions>();
        if (options is not { Origins: { Count: > 0 } origins })
        {
            return;
        }
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. origins])
            .WithMethods(Methods)
            .WithHeaders(RequestHeaders)
            .WithExposedHeaders(ResponseHeaders)
            .SetPreflightMaxAge(PreflightMaxAge)));
    }

    /// <summary>Adds the middleware when the configuration allows an origin.</summary>
    public static void UseAllowedOrigins(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetService<ICorsService>() is not null)
        {
            app.UseCors();
        }
    }
}
