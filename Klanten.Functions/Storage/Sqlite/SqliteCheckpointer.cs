namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// Copies the write-ahead log into the database on a connection and a thread of its own. SQLite's automatic checkpoint
/// would run inside the commit that fills the log, which then waits for all of it (sqlite.org/wal.html, 2.3).
/// </summary>
/// <param name="path">The database file.</param>
internal sealed class SqliteCheckpointer(string path) : IDisposable
{
    /// <summary>
    /// Bytes. A longer log spares copies, because a page that many commits changed is copied once; but what is only in the log
    /// is lost with one damaged byte of it (ADR 20).
    /// </summary>
    public const long MaxLogSize = 16L * 1024 * 1024;

    private const long MaxLogPages = MaxLogSize / SessionKind.PageSize;

    private readonly SqliteSession session = new(path);
    private Task copying = Task.CompletedTask;
    private bool copied;
    private long pages;

    /// <summary>Called by the writer between two transactions.</summary>
    public void AfterCommit(SqliteSession writer)
    {
        pages += writer.ReadAndResetPagesWritten();
        if (!copying.IsCompleted) return;
        if (copied)
        {
            // Copies what was written meanwhile. Once nothing is left to copy, the next commit restarts the log from its beginning.
            Copy(writer);
            copied = false;
        }
        else if (pages >= MaxLogPages)
        {
            copied = true;
            copying = Task.Run(session.Checkpoint);
        }
    }

    /// <summary>Called by the writer when it has nothing to do: what is in the log is copied, however little it is.</summary>
    public void AtRest(SqliteSession writer)
    {
        if (pages > 0 && copying.IsCompleted) Copy(writer);
    }

    /// <summary>Copies the log at once, on the writer's own connection.</summary>
    public void Copy(SqliteSession writer)
    {
        writer.Checkpoint();
        pages = 0;
    }

    public void Dispose()
    {
        copying.Wait();
        session.Dispose();
    }
}
