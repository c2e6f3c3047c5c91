using System.ComponentModel.DataAnnotations;
using Klanten.Core.Model;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Http;

/// <summary>Key <c>Klanten:PubliekeUrl</c>.</summary>
public sealed class PublicUrlOptions : IValidatableObject
{
    /// <summary>Public address before <c>/api/v1</c>, such as https://klanten.gemeente.nl; null takes it from the request.</summary>
    public string? PubliekeUrl { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PubliekeUrl is null)
        {
            yield break;
        }
        if (!Uri.TryCreate(PubliekeUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
        {
            yield return new("Klanten:PubliekeUrl moet een absolute http- of https-URL zijn.");
        }
    }
}

/// <summary>The addresses of this API, as a consumer uses them.</summary>
/// <param name="root">Address before <see cref="ApiPath"/>, without a trailing slash.</param>
public sealed class PublicUrls(string root)
{
    public const string ApiPath = "/api/v1";

    public string Root => root;

    public KlantUrl Klanten { get; } = new($"{root}{ApiPath}/klanten/");

    public string List { get; } = $"{root}{ApiPath}/klanten";

    /// <summary>Base URL of the standard's paths.</summary>
    public string Api => root + ApiPath;

    public string Schema => $"{root}{ApiPath}/schema/openapi.yaml";

    /// <summary>Reads the address of the configuration, which may include <see cref="ApiPath"/>.</summary>
    public static PublicUrls Parse(string configured)
    {
        var url = configured.TrimEnd('/');
        return new(url.EndsWith(ApiPath, StringComparison.Ordinal) ? url[..^ApiPath.Length] : url);
    }
}

/// <summary>Determines the <see cref="PublicUrls"/> of a request: from the configuration, else from the request itself.</summary>
public sealed class PublicAddress(IOptions<PublicUrlOptions> options)
{
    private readonly PublicUrls? configured = options.Value.PubliekeUrl is { } url ? PublicUrls.Parse(url) : null;

    /// <summary>The URLs of the last request, cached because nearly all requests use one address.</summary>
    private volatile FromRequest? last;

    public PublicUrls UrlsOf(HttpRequest request)
    {
        if (configured is not null)
        {
            return configured;
        }
        var (scheme, host) = (request.Scheme, request.Host.Value ?? "");
        if (last is { } cached && cached.Scheme == scheme && cached.Host == host)
        {
            return cached.Urls;
        }
        var urls = new PublicUrls($"{scheme}://{host}");
        last = new(scheme, host, urls);
        return urls;
    }

    private sealed record FromRequest(string Scheme, string Host, PublicUrls Urls);
}
