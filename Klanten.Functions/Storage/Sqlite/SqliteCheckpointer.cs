namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// Copies the write-ahead log into the database on a connection and a thread of its own. SQLite's automatic checkpoint
/// would run inside the commit that fills the log, which then waits for all of it (sqlite.org/wal.html, 2.3).
/// </summary>
/// <param name="path">The database file.</param>
internal sealed class SqliteCheckpointer(string path) : IDisposable
{
    /// <summary>64 MB, in pages. A long log spares copies: a page that many commits changed is copied once.</summary>
    private const long MaxLogPages = 64L * 1024 * 1024 / SqliteSession.PageSize;

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
            writer.Checkpoint();
            (pages, copied) = (0, false);
        }
        else if (pages >= MaxLogPages)
        {
            copied = true;
            copying = Task.Run(session.Checkpoint);
        }
    }

    public void Dispose()
    {
        copying.Wait();
        session.Dispose();
    }
}
