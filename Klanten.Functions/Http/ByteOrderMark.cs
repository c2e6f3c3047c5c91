using System.Text;

namespace Klanten.Functions.Http;

/// <summary>
/// The mark at the start of a text in UTF-16 or UTF-32, which tells its byte order (RFC 2781, 3.2). JSON in UTF-8 has no such
/// mark (RFC 8259, 8.1).
/// </summary>
internal static class ByteOrderMark
{
    private static readonly Encoding[][] Pairs =
    [
        [new UnicodeEncoding(false, true, true), new UnicodeEncoding(true, true, true)],
        [new UTF32Encoding(false, true, true), new UTF32Encoding(true, true, true)],
    ];

    /// <summary>Takes the mark off the text. The order that it tells precedes that of the charset.</summary>
    /// <returns>The rest of the text, and its encoding; both as they were when there is no mark.</returns>
    public static (ReadOnlyMemory<byte> Text, Encoding Encoding) Remove(ReadOnlyMemory<byte> text, Encoding charset)
    {
        var pair = Array.Find(Pairs, orders => Array.Exists(orders, encoding => encoding.CodePage == charset.CodePage)) ?? [];
        foreach (var encoding in pair)
        {
            if (text.Span.StartsWith(encoding.Preamble))
            {
                return (text[encoding.Preamble.Length..], encoding);
            }
        }
        return (text, charset);
    }
}
