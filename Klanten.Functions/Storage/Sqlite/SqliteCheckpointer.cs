namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// Copies what commits left in the write-ahead log into the database, beside the writer: SQLite's own way makes the commit
/// that fills the log wait for all of it (sqlite.org/wal.html, 2.3).
/// </summary>
/// <param name="path">The database.</param>
internal sealed class SqliteCheckpointer(string path) : IDisposable
{
    /// <summary>In pages, 64 MB: a page that many commits change is copied once in a while, not by each few.</summary>
    private const long MaxLogPages = 64L * 1024 * 1024 / SqliteSession.PageSize;

    private readonly SqliteSession session = new(path);
    private Task copying = Task.CompletedTask;
    private bool copied;
    private long pages;

    /// <summary>For the writer, between two transactions.</summary>
    public void AfterCommit(SqliteSession writer)
    {
        pages += writer.TakePagesWritten();
        if (!copying.IsCompleted) return;
        if (copied)
        {
            // What was written meanwhile: once nothing is left to copy, the next commit starts the log anew.
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
