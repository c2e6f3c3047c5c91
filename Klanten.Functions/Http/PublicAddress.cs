using Microsoft.Extensions.Options;

namespace Klanten.Functions.Http;

/// <summary>
/// Determines the <see cref="PublicUrls"/> of a request: the address of the configuration that was asked, or the first one when the
/// request asked none of them. Without any in the configuration it is the address of the request (ADR 29).
/// </summary>
public sealed class PublicAddress(IOptions<PublicUrlOptions> options)
{
    /// <summary>Of a name (RFC 1035, 2.3.4) with a port.</summary>
    private const int MaxHostLength = 253 + 6;

    private readonly Configured[] configured = [.. options.Value.All.Select(address => new Configured(PublicUrls.Parse(address.Url)))];

    /// <summary>The URLs of the last request, cached because nearly all requests use one address.</summary>
    private volatile FromRequest? last;

    /// <summary>The first address of the configuration; null when there is none.</summary>
    public PublicUrls? First => configured.Length == 0 ? null : configured[0].Urls;

    /// <summary>
    /// The addresses for the consumer of this request. They are relative (<see cref="PublicUrls.AreRelative"/>) when neither the
    /// configuration nor the request has an address, as with HTTP/1.0 without Host.
    /// </summary>
    public PublicUrls UrlsOf(HttpRequest request) => configured switch
    {
        [] => UrlsFrom(request),
        [var only] => only.Urls,
        _ => Asked(request),
    };

    /// <summary>
    /// The addresses in what is recorded of a change, its notification and its audit entry: the same for every reader, whatever address
    /// the change was made at.
    /// </summary>
    public PublicUrls RecordedUrlsOf(HttpRequest request) => First ?? UrlsFrom(request);

    /// <summary>Whether the consumer uses TLS, which may end before this program.</summary>
    public bool IsSecure(HttpRequest request) => configured.Length == 0 ? request.IsHttps : UrlsOf(request).IsSecure;

    private PublicUrls Asked(HttpRequest request)
    {
        foreach (var address in configured)
        {
            if (address.IsAskedBy(request))
            {
                return address.Urls;
            }
        }
        return configured[0].Urls;
    }

    private PublicUrls UrlsFrom(HttpRequest request)
    {
        var (scheme, host, prefix) = (request.Scheme, HostOf(request), request.PathBase.Value ?? "");
        if (last is { } cached && cached.Scheme == scheme && cached.Host == host && cached.Prefix == prefix)
        {
            return cached.Urls;
        }
        var root = $"{scheme}://{host}";
        var urls = IsAddress(root, host) ? new PublicUrls(root + request.PathBase.ToUriComponent().TrimEnd('/')) : PublicUrls.Relative;
        last = new(scheme, host, prefix, urls);
        return urls;
    }

    /// <summary>The header, which is ASCII. As a HostString it is decoded, and that throws on a name such as "xn--".</summary>
    private static string HostOf(HttpRequest request) => request.Headers.Host.ToString();

    /// <summary>
    /// The server lets more hosts through than a URL can have, such as one with a port over 65535, and a proxy may name any scheme.
    /// </summary>
    private static bool IsAddress(string root, string host) =>
        host.Length is > 0 and <= MaxHostLength
        && Uri.TryCreate(root, UriKind.Absolute, out var url)
        && url is { Scheme: "http" or "https", UserInfo: "", PathAndQuery: "/" };

    /// <summary>An address of the configuration, in the parts that a request has it in.</summary>
    private sealed class Configured
    {
        private readonly string scheme;
        private readonly string host;
        private readonly string hostWithPort;
        private readonly string prefix;

        public Configured(PublicUrls urls)
        {
            var root = new Uri(urls.Root);
            Urls = urls;
            scheme = root.Scheme;
            hostWithPort = $"{root.Host}:{root.Port}";
            host = root.Authority;
            prefix = PathString.FromUriComponent(root.AbsolutePath.TrimEnd('/')).Value ?? "";
        }

        public PublicUrls Urls { get; }

        /// <summary>Scheme and host ignore case, a path does not (RFC 9110, 4.2.3). The default port may be there or not.</summary>
        public bool IsAskedBy(HttpRequest request) =>
            IsHost(HostOf(request))
            && scheme.Equals(request.Scheme, StringComparison.OrdinalIgnoreCase)
            && request.PathBase.Value.AsSpan().TrimEnd('/').SequenceEqual(prefix);

        private bool IsHost(string? asked) =>
            host.Equals(asked, StringComparison.OrdinalIgnoreCase) || hostWithPort.Equals(asked, StringComparison.OrdinalIgnoreCase);
    }

    private sealed record FromRequest(string Scheme, string Host, string Prefix, PublicUrls Urls);
}
