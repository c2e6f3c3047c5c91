namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// Puts a backup in the place of a database and its log. A crash at any point leaves the old store, or one that the next open
/// makes the new store (ADR 20).
/// </summary>
internal static class SqliteRestore
{
    /// <summary>Appended to the path of the database: what was there before, and its log.</summary>
    public const string Previous = "-previous";

    /// <summary>A checked backup. From the moment that it has this name it is the store.</summary>
    public const string Restored = "-restored";

    private const string Unfinished = "-restoring";

    private const int CopySize = 1024 * 1024;

    /// <summary>Files of SQLite that belong to the database and must not stay beside another one.</summary>
    private static readonly string[] Companions = [WriteAheadLogFile.Suffix, "-journal"];

    /// <summary>Checks the backup and decides that it is the store. The caller owns the database.</summary>
    /// <param name="backup">The backup, which stays as it is.</param>
    /// <param name="database">The path of the file itself, which need not exist.</param>
    /// <param name="copied">Is told how much was copied, from 0 to 1; what follows is the check of the copy.</param>
    /// <exception cref="StoreRefusedException">The backup cannot be used; nothing was changed.</exception>
    public static void Begin(string backup, string database, Action<double>? copied = null)
    {
        if (!File.Exists(backup)) throw new StoreRefusedException(SqliteTexts.BackupMissing);
        if (new FileInfo(backup + WriteAheadLogFile.Suffix) is { Exists: true, Length: > 0 })
        {
            throw new StoreRefusedException(SqliteTexts.BackupHasLog);
        }
        if (File.Exists(database + Previous))
        {
            throw new StoreRefusedException(SqliteTexts.PreviousIsThere.With(Previous));
        }
        var unfinished = database + Unfinished;
        try
        {
            SqliteCopy.Delete(unfinished);
            Copy(backup, unfinished, copied);
            SetMode(unfinished, File.Exists(database) ? database : backup);
            SqliteCopy.MakeSound(unfinished, SqliteTexts.TheBackup);
            DurableFiles.Flush(unfinished);
            DurableFiles.Move(unfinished, database + Restored);
        }
        finally
        {
            SqliteCopy.Delete(unfinished);
        }
    }

    /// <summary>Puts a restored store in its place, if there is one that a crash has left. The caller owns the database.</summary>
    public static void Complete(string database)
    {
        if (!File.Exists(database + Restored)) return;
        foreach (var companion in Companions)
        {
            if (File.Exists(database + companion)) DurableFiles.Move(database + companion, database + Previous + companion);
        }
        File.Delete(database + "-shm");
        if (File.Exists(database)) DurableFiles.Move(database, database + Previous);
        DurableFiles.Move(database + Restored, database);
    }

    private static void Copy(string backup, string unfinished, Action<double>? copied)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var from = File.OpenRead(backup);
        using var to = new FileStream(unfinished, options);
        var buffer = new byte[CopySize];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            to.Write(buffer, 0, read);
            copied?.Invoke(Math.Min(1, (double)from.Position / from.Length));
        }
    }

    /// <remarks>A backup may be read-only; the store must not be.</remarks>
    private static void SetMode(string path, string example)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, File.GetUnixFileMode(example) | UnixFileMode.UserWrite);
    }
}
