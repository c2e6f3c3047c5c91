namespace Klanten.Functions.Settings;

/// <summary>Which texts can be an address in the configuration.</summary>
internal static class Addresses
{
    /// <summary>Whether the text is an absolute http or https URL that paths can be added to.</summary>
    public static bool IsBaseUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url.Scheme is "http" or "https"
        && url.Port is > 0 and <= ushort.MaxValue
        && IsHost(url.IdnHost)
        && url.Query.Length == 0
        && url.Fragment.Length == 0
        && url.UserInfo.Length == 0
        && text.Trim() == text;

    /// <summary>Whether the text is the name or the address of a host, without a port.</summary>
    public static bool IsHost(string text)
    {
        switch (Uri.CheckHostName(text))
        {
            case UriHostNameType.IPv4:
            case UriHostNameType.IPv6:
                return true;
            case UriHostNameType.Dns:
                // A name that ends in a number would be an IPv4 address, and no valid one, such as 300.1.1.1.
                var labels = text.TrimEnd('.').Split('.');
                return text.Length <= 253 && labels.All(label => label.Length is > 0 and <= 63) && !labels[^1].All(char.IsAsciiDigit);
            default:
                return false;
        }
    }
}
