namespace Klanten.Core.Model;

/// <summary>
/// <see cref="OpenKlantFields.Added"/> in a representation. They come last and are there only when one of them has a value, so that a
/// representation of the standard is stored as it always was, and one look at its end tells whether there is something to leave out.
/// </summary>
public static class AddedJson
{
    private static ReadOnlySpan<byte> Start => ",\"aanmaakkanaal\":\""u8;

    private static ReadOnlySpan<byte> Defaults => ",\"aanmaakkanaal\":\"\",\"geverifieerd\":false}"u8;

    /// <summary>Whether the representation has these fields.</summary>
    /// <remarks>It ends in <c>true}</c> or <c>false}</c> then. The standard has no booleans, so otherwise it ends in another way.</remarks>
    public static bool IsIn(ReadOnlySpan<byte> json) => json[^2] == (byte)'e';

    /// <summary>Splits the representation that one dialect shows in two parts, which follow each other.</summary>
    /// <param name="json">A representation as it is stored.</param>
    /// <param name="isOpenKlant">Whether it is shown with these fields, or by the standard.</param>
    /// <param name="end">What follows the part that is returned.</param>
    public static ReadOnlySpan<byte> Show(ReadOnlySpan<byte> json, bool isOpenKlant, out ReadOnlySpan<byte> end)
    {
        if (IsIn(json) == isOpenKlant)
        {
            end = default;
            return json;
        }
        if (isOpenKlant)
        {
            end = Defaults;
            return json[..^1];
        }
        // Within a string every quotation mark is escaped, so only the key itself is found.
        end = "}"u8;
        return json[..json.LastIndexOf(Start)];
    }
}
