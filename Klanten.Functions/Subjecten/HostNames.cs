namespace Klanten.Functions.Subjecten;

/// <summary>Hosts by name or address, equal however they are written: ::1 or [::1], in capitals, in letters beyond ASCII.</summary>
internal static class HostNames
{
    public static IEqualityComparer<string> Comparer { get; } = EqualityComparer<string>.Create((a, b) => Canonical(a!) == Canonical(b!), host => Canonical(host).GetHashCode(StringComparison.Ordinal));

    /// <summary>Whether it is a name or an address, without a port or anything else.</summary>
    public static bool IsValid(string host) => Uri.CheckHostName(host) != UriHostNameType.Unknown;

    private static string Canonical(string host)
    {
        var authority = host.Contains(':') && !host.StartsWith('[') ? $"[{host}]" : host;
        return Uri.TryCreate($"http://{authority}/", UriKind.Absolute, out var uri) ? uri.IdnHost : host;
    }
}
