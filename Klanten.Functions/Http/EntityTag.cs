using System.Security.Cryptography;

namespace Klanten.Functions.Http;

/// <summary>
/// ETags, and their comparison (RFC 9110, 8.8.3 and 13.1.2). An ETag is made of the answer as sent, so that the same klant
/// at another public address has another one.
/// </summary>
internal static class EntityTag
{
    private const int Bytes = 16;

    public static string Of(ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(body, hash);
        return string.Create(2 + (2 * Bytes), hash[..Bytes], static (tag, hash) =>
        {
            tag[0] = tag[^1] = '"';
            Convert.TryToHexStringLower(hash, tag[1..], out _);
        });
    }

    /// <summary>Weak comparison: the quoted tag anywhere in the list, with or without W/. What is no tag matches nothing.</summary>
    public static bool IsKnown(string etag, HttpRequest request)
    {
        foreach (var header in request.Headers.IfNoneMatch)
            if (header is not null && (header.Contains(etag, StringComparison.Ordinal) || header.AsSpan().Trim() is "*")) return true;
        return false;
    }
}
