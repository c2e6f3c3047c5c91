using System.Globalization;
using Klanten.Functions.Settings;

namespace Klanten.Functions.Subjecten;

/// <summary>A host with an optional port, as the configuration writes it: brp.example, brp.example:8443 or [::1]:8443.</summary>
/// <param name="Name">Name or address, without a port.</param>
/// <param name="Port">Null stands for the default port of the scheme.</param>
internal readonly record struct SubjectHost(string Name, int? Port)
{
    /// <summary>Null when the text is not a host with an optional port.</summary>
    public static SubjectHost? Parse(string text)
    {
        if (Addresses.IsHost(text))
        {
            return new(text, null);
        }
        var colon = text.LastIndexOf(':');
        if (colon < 0
            || !Addresses.IsHost(text[..colon])
            || !ushort.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return null;
        }
        // Without brackets an IPv6 address and a port cannot be told apart.
        return port == 0 || (text[..colon].Contains(':') && text[0] != '[') ? null : new(text[..colon], port);
    }

    /// <summary>Whether a URL leads to this host and port.</summary>
    public bool IsOf(Uri url) => HostNames.Comparer.Equals(Name, url.IdnHost) && (Port is { } port ? url.Port == port : url.IsDefaultPort);
}
