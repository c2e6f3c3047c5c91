using System.IO.Hashing;

namespace Klanten.Functions.Http;

/// <summary>
/// ETags, and their comparison (RFC 9110, 8.8.3 and 13.1.2). An ETag is made of the answer as sent, so that the same klant
/// at another public address has another one.
/// </summary>
internal static class EntityTag
{
    /// <summary>
    /// 128 bits of XXH3: a checksum is enough, since nobody gains by forging a representation of their own; a cryptographic
    /// hash costs a microsecond more.
    /// </summary>
    public static string Of(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(body, hash);
        Span<char> etag = stackalloc char[34];
        etag[0] = etag[^1] = '"';
        Convert.TryToHexStringLower(hash, etag[1..], out _);
        return new(etag);
    }

    /// <summary>Weak comparison: the quoted tag anywhere in the list, with or without W/. What is no tag matches nothing.</summary>
    public static bool IsKnown(string etag, HttpRequest request)
    {
        foreach (var header in request.Headers.IfNoneMatch)
            if (header is not null && (header.Contains(etag, StringComparison.Ordinal) || header.AsSpan().Trim() is "*")) return true;
        return false;
    }
}
