using Klanten.Core.Fields;

namespace Klanten.Core.Model;

/// <summary>The page of a list that a consumer asks for: a number from 1, or the last one.</summary>
/// <param name="Number">The number of the page, from 1; null means the last page.</param>
public readonly record struct PageRequest(int? Number)
{
    /// <summary>The number of klanten on a page, the same as in the reference.</summary>
    public const int Size = 100;

    private const int MaxTextLength = 20;

    public static readonly PageRequest First = new(1);

    /// <summary>Parses the <c>page</c> parameter: a whole number or <c>last</c>. Without the parameter it is the first page.</summary>
    public static bool TryParse(string? text, out PageRequest page)
    {
        page = First;
        if (text is null) return true;
        if (text == "last")
        {
            page = new(null);
            return true;
        }
        if (text.Length > MaxTextLength || !WholeNumber.TryParse(text, out var number)) return false;
        if (number < 1 || number > int.MaxValue) return false;
        page = new((int)number);
        return true;
    }

    /// <summary>The number of this page in a list of <paramref name="count"/> klanten; null when the list has no such page.</summary>
    public int? Resolve(long count)
    {
        var last = LastPage(count);
        var number = Number ?? last;
        return number <= last ? number : null;
    }

    /// <summary>The number of the last page of a list of <paramref name="count"/> klanten; an empty list has one page.</summary>
    public static int LastPage(long count) => (int)Math.Clamp((count + Size - 1) / Size, 1, int.MaxValue);
}
