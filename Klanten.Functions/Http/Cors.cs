using Microsoft.AspNetCore.Cors.Infrastructure;

namespace Klanten.Functions.Http;

/// <summary>Section <c>Klanten:Cors</c>.</summary>
public sealed class CorsSettings
{
    /// <summary>Origins of browsers that may call the API; none by default, and then OPTIONS is answered with 405.</summary>
    public IList<string> Origins { get; } = [];
}

internal static class Cors
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];
    private static readonly string[] RequestHeaders = ["authorization", "content-type", "accept", "if-none-match", "x-audit-toelichting", "x-nlx-logrecord-id"];
    private static readonly string[] ResponseHeaders = ["API-version", "Allow", "ETag", "Location"];

    public static void AddBrowserOrigins(this IHostApplicationBuilder builder)
    {
        if (Settings(builder.Configuration) is not { Origins: { Count: > 0 } origins }) return;
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins([.. origins]).WithMethods(Methods).WithHeaders(RequestHeaders).WithExposedHeaders(ResponseHeaders)
            .SetPreflightMaxAge(TimeSpan.FromDays(1))));
    }

    public static void UseBrowserOrigins(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetService<ICorsService>() is not null) app.UseCors();
    }

    private static CorsSettings? Settings(IConfiguration configuration) => configuration.GetSection("Klanten:Cors").Get<CorsSettings>();
}
