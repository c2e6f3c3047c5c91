using System.Globalization;
using System.Text;

namespace Klanten.Tests.Fuzzing;

/// <summary>A request, byte by byte as it goes over the wire.</summary>
/// <param name="Method">The method, as sent.</param>
/// <param name="Target">The path and query, as sent.</param>
/// <param name="Head">From the request line up to the empty line, without it.</param>
/// <param name="Body">All that follows the empty line: in chunks if the headers say so.</param>
internal sealed record WireRequest(string Method, string Target, string Head, byte[] Body)
{
    private const int MaxShown = 2_000;

    /// <summary>Kestrel's own: MaxRequestLineSize, MaxRequestHeadersTotalSize, MaxRequestHeaderCount.</summary>
    private const int MaxRequestLine = 8_192;
    private const int MaxHead = 32_768;
    private const int MaxHeaders = 100;

    /// <summary>The operationId that it is meant for; null if the path is none of the standard's.</summary>
    public string? Operation { get; init; }

    /// <summary>Whether nothing in it is wrong or odd, so that it must succeed.</summary>
    public bool IsPlain { get; init; }

    /// <summary>Whether the lines or the lengths of it are not as RFC 9112 has them, or the host is not the program's.</summary>
    public bool HasOddFraming { get; init; }

    /// <summary>
    /// Whether the server may refuse it before the program sees it: it is no HTTP, or longer than Kestrel's limits, or has a character
    /// that Kestrel accepts in no header or path.
    /// </summary>
    public bool ServerMayRefuse =>
        HasOddFraming
        || Head.Length > MaxHead
        || Head.IndexOf('\r', StringComparison.Ordinal) > MaxRequestLine
        || Head.Split('\n').Length > MaxHeaders
        || Target is not ['/', ..]
        || Target.Contains("%00", StringComparison.Ordinal)
        || Head.Any(c => c is not ('\r' or '\n' or (>= ' ' and < '\x7f')))
        || !Method.All(char.IsAsciiLetterUpper);

    public byte[] Bytes => [.. Encoding.Latin1.GetBytes(Head), .. "\r\n\r\n"u8, .. Body];

    /// <summary>The request as a person can read it: other bytes than ASCII are escaped, and a long part is cut.</summary>
    public override string ToString() => $"{Show(Encoding.Latin1.GetBytes(Head))}\n\n{Show(Body)}";

    private static string Show(byte[] bytes)
    {
        var text = new StringBuilder();
        foreach (var value in bytes.Take(MaxShown))
        {
            if (value is (>= 0x20 and < 0x7F) or (byte)'\n') text.Append((char)value);
            else if (value != '\r') text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
        }
        return bytes.Length <= MaxShown ? text.ToString() : $"{text}… ({bytes.Length} bytes)";
    }
}
