using System.ComponentModel.DataAnnotations;
using Klanten.Core.Model;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Http;

/// <summary>Key <c>Klanten:PubliekeUrl</c>.</summary>
public sealed class PublicUrlOptions : IValidatableObject
{
    /// <summary>Public address in front of <c>/api/v1</c>, such as https://klanten.gemeente.nl; null takes it from the request.</summary>
    public string? PubliekeUrl { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PubliekeUrl is not null && !(Uri.TryCreate(PubliekeUrl, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            yield return new("Klanten:PubliekeUrl moet een absolute http- of https-URL zijn.");
    }
}

/// <summary>The addresses at which one consumer reaches this API.</summary>
/// <param name="Root">Address in front of <see cref="ApiPath"/>, without a slash at the end.</param>
internal readonly record struct PublicUrls(string Root)
{
    public const string ApiPath = "/api/v1";

    public KlantUrl Klanten => new($"{Root}{ApiPath}/klanten/");

    public string List => $"{Root}{ApiPath}/klanten";

    public string Schema => $"{Root}{ApiPath}/schema/openapi.yaml";

    /// <summary>As configured, else as the request came in.</summary>
    public static PublicUrls Of(HttpContext http)
    {
        var configured = http.RequestServices.GetRequiredService<IOptions<PublicUrlOptions>>().Value.PubliekeUrl;
        return configured is null ? new($"{http.Request.Scheme}://{http.Request.Host.Value}") : At(configured);
    }

    /// <summary>At the address of the configuration, which may end in the base path.</summary>
    public static PublicUrls At(string configured)
    {
        var url = configured.TrimEnd('/');
        return new(url.EndsWith(ApiPath, StringComparison.Ordinal) ? url[..^ApiPath.Length] : url);
    }
}
