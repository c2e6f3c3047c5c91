using System.ComponentModel.DataAnnotations;
using Klanten.Core.Model;
using Klanten.Functions.Settings;
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
        if (!Addresses.IsBaseUrl(PubliekeUrl))
        {
            yield return new($"Klanten:PubliekeUrl {Addresses.NoBaseUrl}");
        }
    }
}

/// <summary>The addresses of this API, as a consumer uses them.</summary>
/// <param name="root">Address before <see cref="ApiPath"/>, without a trailing slash; <c>""</c> when it is not known.</param>
public sealed class PublicUrls(string root)
{
    public const string ApiPath = "/api/v1";

    /// <summary>For an answer to a request whose address is not known, or not one of ours.</summary>
    public static readonly PublicUrls Relative = new("");

    public string Root => root;

    /// <summary>Whether the address is not known, so that no URL of a klant can be made.</summary>
    public bool AreRelative => root.Length == 0;

    public bool IsSecure { get; } = root.StartsWith("https:", StringComparison.OrdinalIgnoreCase);

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

    /// <summary>
    /// The addresses for the consumer of this request. They are relative (<see cref="PublicUrls.AreRelative"/>) when neither the
    /// configuration nor the request has an address, as with HTTP/1.0 without Host.
    /// </summary>
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
        var root = $"{scheme}://{host}";
        var urls = IsAddress(root, host) ? new PublicUrls(root) : PublicUrls.Relative;
        last = new(scheme, host, urls);
        return urls;
    }

    /// <summary>Whether the consumer uses TLS, which may end before this program.</summary>
    public bool IsSecure(HttpRequest request) => configured?.IsSecure ?? request.IsHttps;

    /// <summary>The server lets more hosts through than a URL can have, such as one with a port over 65535.</summary>
    private static bool IsAddress(string root, string host) =>
        host.Length > 0 && Uri.TryCreate(root, UriKind.Absolute, out var url) && url is { UserInfo: "", PathAndQuery: "/" };

    private sealed record FromRequest(string Scheme, string Host, PublicUrls Urls);
}
