using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Klanten.Core.Model;

/// <summary>
/// Escapes what JSON demands (RFC 8259, 7: the quotation mark, the backslash and control characters) and nothing else.
/// .NET's own encoders also escape emoji, which the reference sends as they are.
/// </summary>
/// <remarks>For bodies served as application/json, never for JSON within HTML.</remarks>
internal sealed unsafe class PlainJsonEncoder : JavaScriptEncoder
{
    /// <summary>Surrogates are looked at one by one, so that half a pair becomes U+FFFD instead of an exception.</summary>
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Concat(['"', '\\']).Concat(Enumerable.Range(0xD800, 0x800)).Select(c => (char)c)]);

    private static readonly SearchValues<byte> SpecialUtf8 = SearchValues.Create([.. Enumerable.Range(0, 0x20).Concat(['"', '\\']).Select(c => (byte)c)]);

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override int FindFirstCharacterToEncode(char* text, int textLength) => new ReadOnlySpan<char>(text, textLength).IndexOfAny(Special);

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text) => utf8Text.IndexOfAny(SpecialUtf8);

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';

    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var target = new Span<char>(buffer, bufferLength);
        if (!WillEncode(unicodeScalar)) return new Rune(unicodeScalar).TryEncodeToUtf16(target, out numberOfCharactersWritten);
        var escape = unicodeScalar switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\b' => "\\b",
            '\f' => "\\f",
            _ => $"\\u{unicodeScalar:x4}",
        };
        numberOfCharactersWritten = escape.Length;
        return escape.TryCopyTo(target);
    }
}
