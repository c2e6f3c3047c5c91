using System.Text;
using Klanten.Core.Model;

namespace Klanten.Functions.Http;

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
        var url = (Ascii.IsValid(configured) ? configured : ToAscii(new(configured))).TrimEnd('/');
        return new(url.EndsWith(ApiPath, StringComparison.Ordinal) ? url[..^ApiPath.Length] : url);
    }

    /// <summary>A URI is ASCII (RFC 3986), and so is the header Location: an internationalised name has a form for it.</summary>
    private static string ToAscii(Uri url)
    {
        var host = HostString.FromUriComponent(url);
        return $"{url.Scheme}://{(url.IsDefaultPort ? new HostString(host.Host) : host).ToUriComponent()}{url.AbsolutePath}";
    }
}
