using System.Net;
using System.Net.Sockets;

namespace Klanten.Functions.Subjecten;

/// <summary>Which addresses are on the internet, by IANA's special-purpose address registries.</summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
            // Azure's platform address (metadata, DNS, health probes), although its range is public.
            "168.63.129.16/32",
        }.Select(n => IPNetwork.Parse(n)),
    ];

    /// <summary>All other IPv6 addresses are special.</summary>
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] SpecialWithinGlobal =
    [
        .. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(n => IPNetwork.Parse(n)),
    ];

    /// <summary>64:ff9b::/96 carries an IPv4 address in its last 32 bits (NAT64, RFC 6052).</summary>
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }
        if (address.AddressFamily == AddressFamily.InterNetworkV6 && Nat64.Contains(address))
        {
            address = new(address.GetAddressBytes()[12..]);
        }
        return address.AddressFamily == AddressFamily.InterNetwork
            ? !Special.Any(n => n.Contains(address))
            : GlobalUnicast.Contains(address) && !SpecialWithinGlobal.Any(n => n.Contains(address));
    }
}
