namespace Klanten.Functions.Files;

/// <summary>A database of SQLite, and the files that SQLite may keep beside it (sqlite.org/tempfiles.html).</summary>
internal static class DatabaseFiles
{
    private static readonly string[] Suffixes = ["", "-wal", "-shm", "-journal"];

    public static IEnumerable<string> Of(string path) => Suffixes.Select(suffix => path + suffix);

    /// <summary>Deletes those that are there.</summary>
    public static void Delete(string path)
    {
        foreach (var file in Of(path)) File.Delete(file);
    }
}
