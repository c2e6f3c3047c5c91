using Klanten.Core.Fields;

namespace Klanten.Core.Model;

/// <summary>Which page of a list is asked for: a number from 1, or the last one.</summary>
/// <param name="Number">Null means the last page.</param>
public readonly record struct PageRequest(int? Number)
{
    /// <summary>Klanten a page; fixed by the reference.</summary>
    public const int Size = 100;

    public static readonly PageRequest First = new(1);

    /// <summary>Reads the <c>page</c> parameter; false when no page can have that name.</summary>
    public static bool TryRead(string? text, out PageRequest page)
    {
        page = First;
        if (text is null) return true;
        if (text == "last")
        {
            page = new(null);
            return true;
        }
        if (text.Length > 20 || !WholeNumber.TryRead(text, out var number) || number < 1 || number > int.MaxValue) return false;
        page = new((int)number);
        return true;
    }

    /// <summary>The number of this page in a list of <paramref name="count"/> klanten; null when the list has no such page.</summary>
    public int? In(long count)
    {
        var number = Number ?? LastOf(count);
        return number <= LastOf(count) ? number : null;
    }

    /// <summary>The number of the last page; an empty list has one page.</summary>
    public static int LastOf(long count) => (int)Math.Clamp((count + Size - 1) / Size, 1, int.MaxValue);
}
