using System.Text;
using Klanten.Core.Model;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// The full-text index that klanten are found by (Search.sql), and what one transaction changes in it. Not thread-safe.
/// </summary>
/// <remarks>
/// The changes are saved in the order of the klanten: out of that order SQLite writes what it has gathered first. The index keeps no text
/// of its own, so it must be told exactly the words that a klant loses (sqlite.org/fts5.html, 4.4.4).
/// </remarks>
internal sealed class SqliteWords
{
    public const string Table = "klant_search";

    public const string Remove = $"DROP TABLE IF EXISTS {Table}; DROP VIEW IF EXISTS klant_words";

    /// <summary>Compares the index with the klanten, and fails with SQLITE_CORRUPT when they differ.</summary>
    public const string Check = $"INSERT INTO {Table} ({Table}, rank) VALUES ('integrity-check', 1)";

    /// <remarks>
    /// Pieces that fit the cache of the processor, and one merge of all of them, instead of the pieces of 1 MB and the merges of few that
    /// serve small changes (sqlite.org/fts5.html, 6).
    /// </remarks>
    private const string Fill =
        $"""
        INSERT INTO {Table} ({Table}, rank) VALUES ('hashsize', 524288), ('automerge', 0), ('crisismerge', 1999);
        INSERT INTO {Table} ({Table}) VALUES ('rebuild'), ('optimize');
        INSERT INTO {Table} ({Table}, rank) VALUES ('hashsize', 1048576), ('automerge', 4), ('crisismerge', 16);
        """;

    private const string AddWords = $"INSERT INTO {Table} (rowid, words) VALUES (?1, ?2)";
    private const string TakeWords = $"INSERT INTO {Table} ({Table}, rowid, words) VALUES ('delete', ?1, ?2)";

    private static readonly FilterColumn[] Columns =
        [.. SqliteSchema.FilterColumns.Where(column => column.Index == FilterIndex.Words)];

    private readonly SortedDictionary<long, Change> changes = [];

    /// <summary>Makes the index anew, of all klanten that there are.</summary>
    public static string Make => $"{Remove}; {EmbeddedText.Read("Search.sql")} {Fill}";

    /// <summary>The word of one value. It has letters and digits only, and so means nothing else in a query.</summary>
    public static string Word(FilterColumn column, string value) => column.Column + Convert.ToHexString(Encoding.UTF8.GetBytes(value));

    /// <summary>The words of a klant, as the view <c>klant_words</c> has them.</summary>
    public static string Of(Klant klant) => string.Concat(Columns
        .Select(column => column.Field.Read(klant) is { Length: > 0 } value ? " " + Word(column, value) : ""));

    /// <summary>Records that a klant has other words.</summary>
    /// <param name="sequence">The klant's place in every list.</param>
    /// <param name="before">Those that it had; none when it is new.</param>
    /// <param name="after">Those that it has; none when it is removed.</param>
    public void Add(long sequence, string before, string after) =>
        changes[sequence] = new(changes.TryGetValue(sequence, out var earlier) ? earlier.Before : before, after);

    public void Save(SqliteSession session)
    {
        foreach (var (sequence, (before, after)) in changes)
        {
            Execute(session, TakeWords, sequence, before, except: after);
            Execute(session, AddWords, sequence, after, except: before);
        }
    }

    public void Clear() => changes.Clear();

    private static void Execute(SqliteSession session, string sql, long sequence, string words, string except)
    {
        if (except.Length > 0) words = string.Join(' ', words.Split(' ').Except(except.Split(' ')));
        if (words.Length > 0) session.Execute(sql, sequence, words);
    }

    private readonly record struct Change(string Before, string After);
}
