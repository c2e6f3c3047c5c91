using System.Threading.Channels;
using Klanten.Core.Storage;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// The one writer of the database. Commits that wait at the same time share a transaction, and with it one fsync; none is
/// answered before that fsync has succeeded.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    /// <summary>More than this many waiting commits means that the disk cannot keep up.</summary>
    private const int LongestQueue = 4096;

    private const int LargestBatch = 256;

    private readonly Channel<Job> queue = Channel.CreateBounded<Job>(new BoundedChannelOptions(LongestQueue) { SingleReader = true });
    private readonly SqliteSession session;
    private readonly Thread thread;

    public SqliteWriter(SqliteSession session)
    {
        this.session = session;
        thread = new(Run) { IsBackground = true, Name = "klanten-sqlite-writer" };
        thread.Start();
    }

    /// <summary>Runs the work in a transaction, in the order of the calls. A result other than the work's own is never given.</summary>
    /// <exception cref="StoreBusyException">Too many commits are waiting.</exception>
    public Task<CommitResult> EnqueueAsync(Func<SqliteSession, CommitResult> work)
    {
        var job = new Job(work);
        if (!queue.Writer.TryWrite(job)) throw new StoreBusyException(TimeSpan.FromSeconds(1));
        return job.Done.Task;
    }

    public void Dispose()
    {
        queue.Writer.TryComplete();
        thread.Join();
        session.Dispose();
    }

    private void Run()
    {
        var batch = new List<Job>(LargestBatch);
        while (Next(batch))
        {
            try
            {
                Commit(batch);
            }
            catch (Exception) when (batch.Count > 1)
            {
                // One job may have spoilt the transaction for all: each gets one of its own.
                foreach (var job in batch) CommitAlone(job);
            }
            catch (Exception exception)
            {
                batch[0].Done.TrySetException(exception);
            }
            batch.Clear();
        }
    }

    /// <summary>Waits for work and takes all that there is; false when the store is closed.</summary>
    private bool Next(List<Job> batch)
    {
        var waiting = queue.Reader.WaitToReadAsync().AsTask();
        if (!waiting.GetAwaiter().GetResult()) return false;
        while (batch.Count < LargestBatch && queue.Reader.TryRead(out var job)) batch.Add(job);
        return true;
    }

    private void CommitAlone(Job job)
    {
        try
        {
            Commit([job]);
        }
        catch (Exception exception)
        {
            job.Done.TrySetException(exception);
        }
    }

    private void Commit(List<Job> batch)
    {
        session.Execute("BEGIN IMMEDIATE");
        try
        {
            foreach (var job in batch) job.Result = job.Work(session);
            session.Execute("COMMIT");
        }
        catch
        {
            Rollback();
            throw;
        }
        foreach (var job in batch) job.Done.TrySetResult(job.Result);
    }

    private void Rollback()
    {
        try
        {
            session.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite rolled back of its own accord, as it does on I/O errors and a full disk.
        }
    }

    private sealed class Job(Func<SqliteSession, CommitResult> work)
    {
        public Func<SqliteSession, CommitResult> Work { get; } = work;
        public TaskCompletionSource<CommitResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public CommitResult Result { get; set; }
    }
}
