using System.ComponentModel.DataAnnotations;
using System.Net;
using Klanten.Functions.Http;
using Klanten.Functions.Settings;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Klanten.Functions.Hosts;

/// <summary>Key <c>Klanten:Proxies</c>.</summary>
public sealed class ProxyOptions : IValidatableObject
{
    /// <summary>
    /// Addresses and networks of the proxies whose headers X-Forwarded-Host, -Proto, -Prefix and -For count; none by default. A
    /// Functions host is none of them: what it says counts always.
    /// </summary>
    public IList<string> Proxies { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < Proxies.Count; i++)
        {
            if (!TryParse(Proxies[i], out _)) yield return new SettingMistake($"Klanten:Proxies:{i}", SettingTexts.NoNetwork);
        }
    }

    /// <summary>Reads an address, as a network of that address alone, or a network.</summary>
    internal static bool TryParse(string text, out IPNetwork network)
    {
        if (text.Contains('/', StringComparison.Ordinal))
        {
            return IPNetwork.TryParse(text, out network) && IsPlain(text.Split('/')[0], network.BaseAddress);
        }
        if (!IPAddress.TryParse(text, out var address) || !IsPlain(text, address))
        {
            network = default;
            return false;
        }
        network = new(address, address.GetAddressBytes().Length * 8);
        return true;
    }

    /// <summary>.NET reads an IPv4 address in other forms as well: 10.1 is 10.0.0.1, and 010.0.0.1 is 8.0.0.1.</summary>
    private static bool IsPlain(string text, IPAddress address) =>
        text.Contains(':', StringComparison.Ordinal) || text == address.ToString();
}

/// <summary>Without a Functions host, proxies in front of the program tell it which address the consumer asked.</summary>
internal static class Proxies
{
    private const string ForwardedHost = "X-Forwarded-Host";
    private const string Prefix = "X-Forwarded-Prefix";

    /// <summary>Does nothing when the configuration has no proxies.</summary>
    public static void UseProxies(this IApplicationBuilder app)
    {
        var configuration = app.ApplicationServices.GetRequiredService<IConfiguration>();
        if (configuration.GetSection("Klanten").Get<ProxyOptions>() is not { Proxies: { Count: > 0 } proxies })
        {
            return;
        }
        // Each hop adds to the lists. They are read backwards, for as long as the hop before is one of the proxies.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (ProxyOptions.TryParse(proxy, out var network))
            {
                options.KnownIPNetworks.Add(network);
            }
        }
        app.Use(RemoveUnreadable);
        app.UseForwardedHeaders(options);
    }

    /// <summary>
    /// The middleware throws, before the error boundary, on a path with the character NUL and on a name that is no Punycode.
    /// </summary>
    private static Task RemoveUnreadable(HttpContext http, RequestDelegate next)
    {
        var headers = http.Request.Headers;
        if (headers.TryGetValue(ForwardedHost, out var hosts) && !hosts.ToString().Split(',').All(IsReadable))
        {
            headers.Remove(ForwardedHost);
        }
        if (headers.TryGetValue(Prefix, out var prefix) && prefix.ToString().Contains("%00", StringComparison.Ordinal))
        {
            headers.Remove(Prefix);
        }
        return next(http);
    }

    private static bool IsReadable(string host)
    {
        try
        {
            HostString.FromUriComponent(host.Trim());
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

/// <summary>Names what the program cannot see of the address that was asked.</summary>
internal sealed class ProxyRemarks(IOptions<ProxyOptions> proxies, IOptions<PublicUrlOptions> urls) : ISettingsRemarks
{
    public IEnumerable<Sentence> Remarks()
    {
        if (proxies.Value.Proxies.Count == 0 && urls.Value.All.Count() > 1)
        {
            yield return SettingTexts.Keyed.With("Klanten:Proxies", SettingTexts.NoProxies);
        }
    }
}

/// <summary>Names proxies that a program under a Functions host does not see.</summary>
internal sealed class ProxiesUnderHostRemarks(IOptions<ProxyOptions> proxies) : ISettingsRemarks
{
    public IEnumerable<Sentence> Remarks()
    {
        if (proxies.Value.Proxies.Count > 0)
        {
            yield return SettingTexts.Keyed.With("Klanten:Proxies", SettingTexts.ProxiesUnderHost);
        }
    }
}
