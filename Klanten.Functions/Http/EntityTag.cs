using System.IO.Hashing;

namespace Klanten.Functions.Http;

/// <summary>
/// ETags, and their comparison (RFC 9110, 8.8.3 and 13.1.2). An ETag is computed from the body as sent, which contains URLs,
/// so it differs between two public addresses.
/// </summary>
internal static class EntityTag
{
    /// <summary>
    /// 128 bits of XXH3. A checksum is enough because a forged representation would harm only the consumer that forged it; a
    /// cryptographic hash costs a microsecond more.
    /// </summary>
    public static string Compute(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[16];
        XxHash128.Hash(body, hash);
        Span<char> etag = stackalloc char[34];
        etag[0] = etag[^1] = '"';
        Convert.TryToHexStringLower(hash, etag[1..], out _);
        return new(etag);
    }

    /// <summary>
    /// Whether If-None-Match contains the ETag, by weak comparison: anywhere in the list, with or without W/. Text that is not
    /// an ETag matches nothing.
    /// </summary>
    public static bool MatchesIfNoneMatch(string etag, HttpRequest request)
    {
        foreach (var header in request.Headers.IfNoneMatch)
        {
            if (header is not null && (header.Contains(etag, StringComparison.Ordinal) || header.AsSpan().Trim() is "*"))
            {
                return true;
            }
        }
        return false;
    }
}
