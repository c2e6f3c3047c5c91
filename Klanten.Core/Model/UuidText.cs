using System.Buffers;

namespace Klanten.Core.Model;

/// <summary>The spellings of a uuid in a path.</summary>
public static class UuidText
{
    private const string Urn = "urn:uuid:";

    private static readonly SearchValues<char> Characters = SearchValues.Create("0123456789abcdefABCDEF-");

    /// <summary>
    /// Parses a uuid as the reference does: with or without dashes, in upper or lower case, with or without braces or
    /// <c>urn:uuid:</c>. The text is taken as it is: white space, a sign or <c>0x</c>, which .NET accepts, is no part of a uuid.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Guid uuid)
    {
        if (text.StartsWith(Urn, StringComparison.Ordinal)) text = text[Urn.Length..];
        if (text is ['{', .. var inner, '}']) text = inner;
        uuid = default;
        if (text.ContainsAnyExcept(Characters)) return false;
        return Guid.TryParseExact(text, "D", out uuid) || Guid.TryParseExact(text, "N", out uuid);
    }
}
