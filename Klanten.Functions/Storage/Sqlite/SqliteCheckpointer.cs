namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// Copies the write-ahead log into the database on a connection and a thread of its own. SQLite's automatic checkpoint
/// would run inside the commit that fills the log, which then waits for all of it (sqlite.org/wal.html, 2.3).
/// </summary>
/// <param name="path">The database file.</param>
/// <param name="readers">Must not hold the log while it is copied.</param>
internal sealed class SqliteCheckpointer(string path, SqliteReaders readers) : IDisposable
{
    /// <summary>
    /// Bytes. A longer log spares copies, because a page that many commits changed is copied once; but what is only in the log
    /// is lost with one damaged byte of it (ADR 20).
    /// </summary>
    public const long MaxLogSize = 16L * 1024 * 1024;

    private const long MaxLogPages = MaxLogSize / SessionKind.PageSize;

    /// <summary>What the writer copies itself, while all other writes wait.</summary>
    private const long FewPages = MaxLogPages / 16;

    /// <summary>
    /// Each copy leaves what was written meanwhile. If that does not become less the writer waits, so that the log has a bound.
    /// </summary>
    private const int MaxCopies = 3;

    private readonly SqliteSession session = new(path);
    private Task copying = Task.CompletedTask;
    private int copies;
    private long pages;

    /// <summary>Called by the writer between two transactions.</summary>
    public void AfterCommit(SqliteSession writer)
    {
        pages += writer.ReadAndResetPagesWritten();
        if (!copying.IsCompleted) return;
        if (copies == MaxCopies || (copies > 0 && pages <= FewPages))
        {
            // Copies what was written meanwhile. Once nothing is left to copy, the next commit restarts the log from its beginning.
            Copy(writer);
        }
        else if (copies > 0 || pages >= MaxLogPages)
        {
            copies++;
            pages = 0;
            copying = Task.Run(CopyBesideWriter);
        }
    }

    /// <summary>
    /// Called by the writer when it has nothing to do: what is in the log is copied, however little it is, and another program that
    /// writes to the file finds no reader in its way.
    /// </summary>
    public void AtRest(SqliteSession writer)
    {
        if ((pages > 0 || copies > 0) && copying.IsCompleted) Copy(writer);
        else readers.EndTransactions();
    }

    /// <summary>Copies the log at once, on the writer's own connection.</summary>
    public void Copy(SqliteSession writer)
    {
        Copy(writer.Checkpoint);
        (copies, pages) = (0, 0);
    }

    public void Dispose()
    {
        copying.Wait();
        session.Dispose();
    }

    /// <summary>
    /// SQLite syncs the database only when nothing of the log is left to copy, and so in the writer. By then most of it is on disk. A
    /// fault is told to the fsync of the writer's own connection too (fsync(2)), after which SQLite keeps the log.
    /// </summary>
    private void CopyBesideWriter()
    {
        Copy(session.Checkpoint);
        session.SyncDatabase();
    }

    /// <remarks>Readers that came meanwhile may read from the log; when all of it was copied, later ones do not.</remarks>
    private void Copy(Action checkpoint)
    {
        readers.EndTransactions();
        checkpoint();
        readers.EndTransactions();
    }
}
