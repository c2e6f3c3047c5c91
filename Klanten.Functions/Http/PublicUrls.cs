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
/// <param name="root">Address in front of <see cref="ApiPath"/>, without a slash at the end.</param>
public sealed class PublicUrls(string root)
{
    public const string ApiPath = "/api/v1";

    public string Root => root;

    public KlantUrl Klanten { get; } = new($"{root}{ApiPath}/klanten/");

    public string List { get; } = $"{root}{ApiPath}/klanten";

    /// <summary>Base URL of the standard's paths.</summary>
    public string Api => root + ApiPath;

    public string Schema => $"{root}{ApiPath}/schema/openapi.yaml";

    /// <summary>At the address of the configuration, which may end in the base path.</summary>
    public static PublicUrls At(string configured)
    {
        var url = configured.TrimEnd('/');
        return new(url.EndsWith(ApiPath, StringComparison.Ordinal) ? url[..^ApiPath.Length] : url);
    }
}

/// <summary>Tells the <see cref="PublicUrls"/> of requests: as configured, else as the request came in.</summary>
public sealed class PublicAddress(IOptions<PublicUrlOptions> options)
{
    private readonly PublicUrls? configured = options.Value.PubliekeUrl is { } url ? PublicUrls.At(url) : null;

    /// <summary>Nearly all requests come to one address: its URLs are put together once.</summary>
    private volatile FromRequest? last;

    public PublicUrls UrlsOf(HttpRequest request)
    {
        if (configured is not null) return configured;
        var (scheme, host) = (request.Scheme, request.Host.Value ?? "");
        if (last is { } known && known.Scheme == scheme && known.Host == host) return known.Urls;
        return (last = new(scheme, host, new($"{scheme}://{host}"))).Urls;
    }

    private sealed record FromRequest(string Scheme, string Host, PublicUrls Urls);
}
