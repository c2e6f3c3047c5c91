using Klanten.Functions.Files;

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

    private const int CopySize = 1024 * 1024;

    /// <summary>Files of SQLite that belong to the database and must not stay beside another one.</summary>
    private static readonly string[] Logs = [WriteAheadLogFile.Suffix, "-journal"];

    /// <summary>Checks the backup and decides that it is the store. The caller owns the database.</summary>
    /// <param name="backup">The backup, which stays as it is.</param>
    /// <param name="database">The path of the file itself, which need not exist.</param>
    /// <param name="copied">Is told how much was copied, from 0 to 1; what follows is the check of the copy.</param>
    /// <param name="cancellationToken">Stops, and changes nothing.</param>
    /// <exception cref="StoreRefusedException">The backup cannot be used; nothing was changed.</exception>
    public static void Begin(
        string backup, string database, Action<double>? copied = null, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(backup)) throw new StoreRefusedException(SqliteTexts.BackupMissing);
        if (new FileInfo(backup + WriteAheadLogFile.Suffix) is { Exists: true, Length: > 0 })
        {
            throw new StoreRefusedException(SqliteTexts.BackupHasLog);
        }
        foreach (var part in Logs.Prepend(""))
        {
            if (Path.Exists(database + Previous + part)) throw IsThere(Previous + part);
        }
        using var unfinished = new UnfinishedFile(database + Restored);
        Copy(backup, unfinished.Path, copied, cancellationToken);
        SetMode(unfinished.Path, File.Exists(database) ? database : backup);
        SqliteCopy.MakeSound(unfinished.Path, SqliteTexts.TheBackup, cancellationToken);
        if (!unfinished.TryComplete(cancellationToken)) throw IsThere(Restored);
    }

    /// <summary>Puts a restored store in its place, if there is one that a crash has left. The caller owns the database.</summary>
    /// <exception cref="StoreRefusedException">What it replaces cannot be kept, because another file has that name by now.</exception>
    public static void Complete(string database)
    {
        if (!File.Exists(database + Restored)) return;
        foreach (var log in Logs)
        {
            // A program that read the database after the crash leaves a log with nothing in it.
            if (new FileInfo(database + log) is { Exists: true, Length: 0 } empty) empty.Delete();
            SetAside(database, log);
        }
        File.Delete(database + "-shm");
        SetAside(database, "");
        if (!DurableFiles.TryMove(database + Restored, database)) throw IsThere(Path.GetFileName(database));
    }

    private static void SetAside(string database, string part)
    {
        if (!File.Exists(database + part)) return;
        if (!DurableFiles.TryMove(database + part, database + Previous + part)) throw IsThere(Previous + part);
    }

    private static StoreRefusedException IsThere(string name) => new(SqliteTexts.PreviousIsThere.With(name));

    private static void Copy(string backup, string unfinished, Action<double>? copied, CancellationToken cancellationToken)
    {
        using var from = File.OpenRead(backup);
        using var to = File.OpenWrite(unfinished);
        var buffer = new byte[CopySize];
        for (int read; (read = from.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            to.Write(buffer, 0, read);
            copied?.Invoke(Math.Min(1, (double)from.Position / from.Length));
        }
    }

    /// <remarks>A backup may be read-only, and a store that is replaced unreadable; the new store must be neither.</remarks>
    private static void SetMode(string path, string example)
    {
        if (OperatingSystem.IsWindows()) return;
        File.SetUnixFileMode(path, File.GetUnixFileMode(example) | UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}
