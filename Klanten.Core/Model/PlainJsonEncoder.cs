using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Klanten.Core.Model;

/// <summary>
/// Escapes only the characters that RFC 8259, section 7 requires: the quotation mark, the backslash and control characters.
/// The encoders of .NET also escape emoji, which the reference does not.
/// </summary>
/// <remarks>Only for bodies of type application/json: in HTML this JSON would not be safe.</remarks>
internal sealed unsafe class PlainJsonEncoder : JavaScriptEncoder
{
    /// <summary>Surrogates are included, so that the base class replaces a lone one by U+FFFD instead of throwing.</summary>
    private static readonly SearchValues<char> Special = SearchValues.Create($"{Characters(0, 0x20)}\"\\{Characters(0xD800, 0x800)}");

    private static readonly SearchValues<byte> SpecialUtf8 = SearchValues.Create(Encoding.ASCII.GetBytes($"{Characters(0, 0x20)}\"\\"));

    public override int MaxOutputCharactersPerInputCharacter => 6;

    public override int FindFirstCharacterToEncode(char* text, int textLength) =>
        new ReadOnlySpan<char>(text, textLength).IndexOfAny(Special);

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

    private static string Characters(int first, int count)
    {
        var characters = new char[count];
        for (var i = 0; i < count; i++) characters[i] = (char)(first + i);
        return new(characters);
    }
}
