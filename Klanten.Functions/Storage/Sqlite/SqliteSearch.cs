namespace Klanten.Functions.Storage.Sqlite;

/// <summary>A filter as SQL.</summary>
/// <param name="From">What is searched.</param>
/// <param name="Place">Where it names <c>klant.sequence</c>, the order of every list.</param>
/// <param name="Where">The conditions; empty when there are none.</param>
/// <param name="Values">The values of ?1, ?2, … in the conditions.</param>
/// <param name="IsInOrder">Whether klanten are searched, and the index leads to them in that order.</param>
internal sealed record SqliteSearch(string From, string Place, string Where, List<object> Values, bool IsInOrder)
{
    private const string PlaceOfWords = $"{SqliteWords.Table}.rowid";

    /// <summary>By the full-text index, the words of which are the last value.</summary>
    public static SqliteSearch ByWords(List<string> conditions, List<object> values)
    {
        // A cross join keeps its order (sqlite.org/optoverview.html, 7.2.1).
        var from = conditions.Count == 0 ? SqliteWords.Table : $"{SqliteWords.Table} CROSS JOIN klant ON sequence = {PlaceOfWords}";
        return new(from, PlaceOfWords, string.Join(" AND ", [$"{SqliteWords.Table} MATCH ?{values.Count}", .. conditions]), values, false);
    }

    /// <summary>Selects from the klanten that are found, in the order of every list.</summary>
    /// <param name="columns">What of them.</param>
    /// <param name="where">Conditions.</param>
    /// <param name="limit">How many of them.</param>
    /// <remarks>Where they are found in another order only their places are sorted, not their representations.</remarks>
    public string Select(string columns, string where, string limit)
    {
        var page = $"{where} ORDER BY {Place} {limit}";
        var condition = IsInOrder ? page : $"sequence IN (SELECT {Place} FROM {From} WHERE {page}) ORDER BY sequence";
        return $"SELECT {columns} FROM klant WHERE {condition}";
    }
}
