using Klanten.Functions.Files;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>Makes a backup of a database, also while another process serves it.</summary>
internal static class SqliteBackup
{
    /// <summary>
    /// Copies the database as it is at one moment, with what is in its log, into one file that needs no log. Under its own name
    /// the backup appears only when it is complete, checked and durable.
    /// </summary>
    /// <param name="database">The path of the file itself, not of a link to it.</param>
    /// <param name="destination">The backup, which must not exist.</param>
    /// <param name="copied">Is told how much was copied, from 0 to 1; what follows is the check of the copy.</param>
    /// <param name="cancellationToken">Stops, and leaves nothing behind.</param>
    /// <exception cref="StoreRefusedException">
    /// There is no such database, the backup is there already, or the copy is not sound; nothing is left behind.
    /// </exception>
    public static void Make(
        string database, string destination, Action<double>? copied = null, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(database)) throw new StoreRefusedException(SqliteTexts.NothingToBackUp);
        if (Path.Exists(destination)) throw new StoreRefusedException(SqliteTexts.BackupExists);
        using var unfinished = new UnfinishedFile(destination);
        using (var source = new SqliteSession(database, SessionKind.Reader))
        using (var copy = new SqliteSession(unfinished.Path, SessionKind.Plain))
        {
            copy.CopyFrom(source, copied, cancellationToken);
        }
        SqliteCopy.MakeSound(unfinished.Path, SqliteTexts.TheCopy, cancellationToken);
        if (!unfinished.TryComplete(cancellationToken)) throw new StoreRefusedException(SqliteTexts.BackupExists);
    }
}
