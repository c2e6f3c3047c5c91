using System.Text;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Klanten.Functions.Http;

/// <summary>What the API reads and sends: JSON, and nothing else.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Problem = "application/problem+json";

    /// <summary>Whether an answer in JSON will do. No Accept header means anything will; parameters and q are ignored.</summary>
    public static bool AcceptsJson(StringValues accept)
    {
        if (accept.Count == 0) return true;
        foreach (var header in accept)
            foreach (var range in header.AsSpan().Split(','))
                if (IsJsonRange(header.AsSpan()[range])) return true;
        return false;
    }

    /// <summary>Whether a body of this Content-Type is read; ranges are, since the reference reads them.</summary>
    public static bool IsJson(string? contentType) => IsJsonRange(contentType);

    /// <summary>The charset of a Content-Type when it is one that is known here; else UTF-8, the only charset of JSON (RFC 8259).</summary>
    public static Encoding Charset(string? contentType)
    {
        var name = MediaTypeHeaderValue.TryParse(contentType, out var value) ? HeaderUtilities.RemoveQuotes(value.Charset) : default;
        try
        {
            return name.Length > 0 ? Encoding.GetEncoding(name.ToString(), EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback) : Encoding.UTF8;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // Unknown, or known to be unsafe (UTF-7).
            return Encoding.UTF8;
        }
    }

    private static bool IsJsonRange(ReadOnlySpan<char> mediaType)
    {
        var end = mediaType.IndexOf(';');
        var range = (end < 0 ? mediaType : mediaType[..end]).Trim();
        return range.Equals(Json, StringComparison.OrdinalIgnoreCase)
            || range.Equals("application/*", StringComparison.OrdinalIgnoreCase)
            || range is "*/*";
    }
}
