using System.Buffers;
using System.IO.Hashing;
using Microsoft.Extensions.Primitives;

namespace Klanten.Functions.Http;

/// <summary>
/// ETags, and their comparison (RFC 9110, 8.8.3, 13.1.1 and 13.1.2). An ETag is computed from the body as sent, which contains URLs,
/// so it differs between two public addresses.
/// </summary>
internal static class EntityTag
{
    private static readonly SearchValues<char> Separators = SearchValues.Create("-;:+._");

    private static readonly string[] ContentCodings = ["gzip", "br", "zstd", "deflate", "compress", "gz"];

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

    /// <summary>Whether If-Match contains the ETag: strong comparison, so a weak one (W/) never matches.</summary>
    public static bool MatchesStrongly(StringValues ifMatch, string etag) => Contains(ifMatch, etag, weakly: false);

    /// <summary>Whether If-None-Match contains the ETag: weak comparison, so W/ makes no difference.</summary>
    public static bool MatchesWeakly(StringValues ifNoneMatch, string etag) => Contains(ifNoneMatch, etag, weakly: true);

    /// <summary>Several header lines are one list. Text that is not an ETag matches nothing.</summary>
    private static bool Contains(StringValues header, string etag, bool weakly)
    {
        foreach (var line in header)
        {
            var list = line.AsSpan();
            if (list.Trim() is "*")
            {
                return true;
            }
            while (TryReadNext(ref list, out var isWeak, out var opaque))
            {
                if ((weakly || !isWeak) && IsSame(opaque, etag.AsSpan(1, etag.Length - 2)))
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>Takes the next ETag off the list; false at its end.</summary>
    /// <param name="list">The rest of the list.</param>
    /// <param name="isWeak">Whether W/ precedes the ETag.</param>
    /// <param name="opaque">The text between the quotation marks, which may contain commas.</param>
    private static bool TryReadNext(ref ReadOnlySpan<char> list, out bool isWeak, out ReadOnlySpan<char> opaque)
    {
        while (!list.IsEmpty)
        {
            list = list.TrimStart(" \t,");
            isWeak = list.StartsWith("W/");
            var quoted = isWeak ? list[2..] : list;
            if (quoted is ['"', .. var inner] && inner.IndexOf('"') is >= 0 and var length)
            {
                opaque = inner[..length];
                list = inner[(length + 1)..];
                return true;
            }
            var comma = list.IndexOf(',');
            list = comma < 0 ? [] : list[comma..];
        }
        isWeak = false;
        opaque = default;
        return false;
    }

    /// <summary>
    /// A server in between that compresses may add the coding, within the quotation marks: "…-gzip", "…--br", "…;gzip".
    /// </summary>
    private static bool IsSame(ReadOnlySpan<char> opaque, ReadOnlySpan<char> ours)
    {
        if (!opaque.StartsWith(ours, StringComparison.Ordinal))
        {
            return false;
        }
        var rest = opaque[ours.Length..];
        while (!rest.IsEmpty)
        {
            var start = rest.IndexOfAnyExcept(Separators);
            if (start <= 0)
            {
                return false;
            }
            var coding = rest[start..];
            var end = coding.IndexOfAny(Separators);
            rest = end < 0 ? [] : coding[end..];
            if (!IsContentCoding(end < 0 ? coding : coding[..end]))
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsContentCoding(ReadOnlySpan<char> text)
    {
        foreach (var coding in ContentCodings)
        {
            if (text.Equals(coding, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }
        return false;
    }
}
