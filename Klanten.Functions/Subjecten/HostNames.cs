namespace Klanten.Functions.Subjecten;

/// <summary>Compares hosts in their canonical form: ::1 equals [::1], capitals do not count, and IDN equals its punycode.</summary>
internal static class HostNames
{
    public static IEqualityComparer<string> Comparer { get; } = EqualityComparer<string>.Create(
        (a, b) => Canonical(a!) == Canonical(b!),
        host => Canonical(host).GetHashCode(StringComparison.Ordinal));

    private static string Canonical(string host)
    {
        var authority = host.Contains(':') && !host.StartsWith('[') ? $"[{host}]" : host;
        return Uri.TryCreate($"http://{authority}/", UriKind.Absolute, out var uri) ? uri.IdnHost : host;
    }
}
