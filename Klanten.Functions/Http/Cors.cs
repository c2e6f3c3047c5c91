using System.ComponentModel.DataAnnotations;
using Klanten.Functions.Settings;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Http;

/// <summary>Section <c>Klanten:Cors</c>.</summary>
public sealed class AllowedOriginsOptions : IValidatableObject
{
    private const string AnyOrigin = "*";

    /// <summary>Origins of browsers that may call the API; none by default, and then OPTIONS is answered with 405.</summary>
    public IList<string> Origins { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < Origins.Count; i++)
        {
            if (Origins[i] != AnyOrigin && !IsOrigin(Origins[i]))
            {
                yield return new SettingMistake($"Klanten:Cors:Origins:{i}", SettingTexts.NoOrigin);
            }
        }
    }

    private static bool IsOrigin(string text) => Addresses.IsBaseUrl(text) && new Uri(text).AbsolutePath == "/" && !text.EndsWith('/');
}

/// <summary>CORS for the origins of the configuration, through ASP.NET Core's own middleware.</summary>
internal static class Cors
{
    private static readonly TimeSpan PreflightMaxAge = TimeSpan.FromDays(1);
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    private static readonly string[] ResponseHeaders = ["API-version", "Allow", "ETag", "Location", "Retry-After"];

    /// <summary>Those that the reference allows, and then those that this API reads besides.</summary>
    private static readonly string[] RequestHeaders =
    [
        "x-requested-with", "content-type", "accept", "origin", "authorization", "x-csrftoken", "user-agent", "accept-encoding",
        "accept-crs", "content-crs", "if-match", "if-none-match", "x-audit-toelichting", "x-nlx-logrecord-id",
    ];

    public static void AddAllowedOrigins(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSettings<AllowedOriginsOptions>("Klanten:Cors", (section, options) => section.Bind(options));
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
        builder.Services.AddSingleton<ICorsService, CorsWithoutVary>();
    }

    /// <summary>Adds the middleware when the configuration allows an origin.</summary>
    public static void UseAllowedOrigins(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetService<ICorsService>() is not null)
        {
            app.UseCors();
        }
    }

    /// <summary>Vary is one of the <see cref="StandingHeaders"/>; ASP.NET Core adds it to some answers and not to others.</summary>
    private sealed class CorsWithoutVary(IOptions<CorsOptions> options, ILoggerFactory loggers) : CorsService(options, loggers)
    {
        public override void ApplyResult(CorsResult result, HttpResponse response)
        {
            result.VaryByOrigin = false;
            base.ApplyResult(result, response);
        }
    }
}
