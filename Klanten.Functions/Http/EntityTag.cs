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
    private const string Blanks = " \t";
    private const string BlanksAndComma = Blanks + ",";

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

    /// <summary>
    /// Several header lines are one list. An item without quotation marks is no ETag and matches nothing; a list whose quotation marks
    /// are not those of ETags between commas matches nothing at all, because its items cannot be told apart.
    /// </summary>
    private static bool Contains(StringValues header, string etag, bool weakly)
    {
        if (header is [var only] && only.AsSpan().Trim(Blanks) is "*")
        {
            return true;
        }
        var isFound = false;
        foreach (var line in header)
        {
            var list = line.AsSpan();
            while (!(list = list.TrimStart(BlanksAndComma)).IsEmpty)
            {
                if (!TryReadItem(ref list, out var isWeak, out var opaque))
                {
                    return false;
                }
                isFound |= (weakly || !isWeak) && IsSame(opaque, etag.AsSpan(1, etag.Length - 2));
            }
        }
        return isFound;
    }

    /// <summary>Takes an item off the list; false when it has quotation marks and is no ETag (RFC 9110, 8.8.3).</summary>
    /// <param name="list">Begins with the item; then with the comma after it, or empty.</param>
    /// <param name="isWeak">Whether W/ precedes the ETag.</param>
    /// <param name="opaque">The text between the quotation marks, which may contain commas; empty for an item without them.</param>
    private static bool TryReadItem(ref ReadOnlySpan<char> list, out bool isWeak, out ReadOnlySpan<char> opaque)
    {
        isWeak = list.StartsWith("W/");
        opaque = [];
        if ((isWeak ? list[2..] : list) is ['"', .. var inner])
        {
            var length = inner.IndexOf('"');
            if (length < 0)
            {
                return false;
            }
            opaque = inner[..length];
            list = inner[(length + 1)..].TrimStart(Blanks);
            return list is [] or [',', ..];
        }
        var comma = list.IndexOf(',');
        var item = comma < 0 ? list : list[..comma];
        list = list[item.Length..];
        return !item.Contains('"');
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
