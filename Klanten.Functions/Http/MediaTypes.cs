using System.Text;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Klanten.Functions.Http;

/// <summary>The media types that the API reads and sends.</summary>
internal static class MediaTypes
{
    public const string Json = "application/json";
    public const string Problem = "application/problem+json";

    /// <summary>
    /// Whether the request accepts a media type of an answer: JSON, or that of errors, which is the only one that the document names
    /// for klant_delete. Without a header Accept it does; parameters and q are ignored.
    /// </summary>
    public static bool AcceptsAnswer(StringValues accept)
    {
        if (accept.Count == 0)
        {
            return true;
        }
        foreach (var header in accept)
        {
            foreach (var range in header.AsSpan().Split(','))
            {
                if (IsAnswerRange(header.AsSpan()[range]))
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>
    /// The Content-Type of a request; null when it has none, or several that differ. The document describes the header as a parameter
    /// beside the body, so some clients send it twice.
    /// </summary>
    public static string? ContentType(StringValues lines)
    {
        var first = lines.Count == 0 ? null : lines[0];
        for (var i = 1; i < lines.Count; i++)
        {
            if (!string.Equals(lines[i], first, StringComparison.OrdinalIgnoreCase))
            {
                return null;
            }
        }
        return first;
    }

    /// <summary>Whether a body of this Content-Type is read. A range such as */* is, because the reference reads it.</summary>
    public static bool IsJson(string? contentType) => IsJsonRange(Range(contentType));

    /// <summary>The charset of a Content-Type when .NET supports it; else UTF-8, the only charset of JSON (RFC 8259).</summary>
    public static Encoding Charset(string? contentType)
    {
        var name = MediaTypeHeaderValue.TryParse(contentType, out var value) ? HeaderUtilities.RemoveQuotes(value.Charset) : default;
        if (name.Length == 0)
        {
            return Encoding.UTF8;
        }
        try
        {
            return Encoding.GetEncoding(name.ToString(), EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // Not supported by .NET, or refused by it as unsafe (UTF-7).
            return Encoding.UTF8;
        }
    }

    private static bool IsAnswerRange(ReadOnlySpan<char> mediaType)
    {
        var range = Range(mediaType);
        return IsJsonRange(range) || range.Equals(Problem, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsJsonRange(ReadOnlySpan<char> range) =>
        range.Equals(Json, StringComparison.OrdinalIgnoreCase)
        || range.Equals("application/*", StringComparison.OrdinalIgnoreCase)
        || range is "*/*";

    /// <summary>A media type without its parameters.</summary>
    private static ReadOnlySpan<char> Range(ReadOnlySpan<char> mediaType)
    {
        var end = mediaType.IndexOf(';');
        return (end < 0 ? mediaType : mediaType[..end]).Trim();
    }
}
