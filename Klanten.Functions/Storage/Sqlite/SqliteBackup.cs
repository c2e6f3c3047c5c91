namespace Klanten.Functions.Storage.Sqlite;

/// <summary>Makes a backup of a database, also while another process serves it.</summary>
internal static class SqliteBackup
{
    private const string Unfinished = ".part";

    /// <summary>
    /// Copies the database as it is at one moment, with what is in its log, into one file that needs no log. Under its own name
    /// the backup appears only when it is complete, checked and durable.
    /// </summary>
    /// <param name="database">The path of the file itself, not of a link to it.</param>
    /// <param name="destination">The backup, which must not exist.</param>
    /// <param name="copied">Is told how much was copied, from 0 to 1; what follows is the check of the copy.</param>
    /// <exception cref="StoreRefusedException">There is no such database, or the copy is not sound; nothing is left behind.</exception>
    public static void Make(string database, string destination, Action<double>? copied = null)
    {
        if (!File.Exists(database)) throw new StoreRefusedException(SqliteTexts.NothingToBackUp);
        if (File.Exists(destination)) throw new StoreRefusedException(SqliteTexts.BackupExists);
        var unfinished = destination + Unfinished;
        SqliteCopy.Delete(unfinished);
        try
        {
            Copy(database, unfinished, copied);
            SqliteCopy.MakeSound(unfinished, SqliteTexts.TheCopy);
            DurableFiles.Flush(unfinished);
            DurableFiles.Move(unfinished, destination);
        }
        finally
        {
            SqliteCopy.Delete(unfinished);
        }
    }

    private static void Copy(string database, string destination, Action<double>? copied)
    {
        // It holds personal data, so it is for its owner only, as soon as it exists.
        if (!OperatingSystem.IsWindows())
        {
            File.Create(destination).Dispose();
            File.SetUnixFileMode(destination, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        using var source = new SqliteSession(database, SessionKind.Reader);
        using var copy = new SqliteSession(destination, SessionKind.Plain);
        copy.CopyFrom(source, copied);
    }
}
