using System.Threading.Channels;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// The one writer of the database. Commits that wait at the same time share a transaction, and with it one fsync; none is
/// answered before that fsync has succeeded.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    /// <summary>More than this many waiting commits means that the disk cannot keep up.</summary>
    private const int MaxQueueLength = 4096;

    private readonly Channel<Job> queue = Channel.CreateBounded<Job>(new BoundedChannelOptions(MaxQueueLength) { SingleReader = true });
    private readonly SqliteSession session;
    private readonly SqliteTransaction transaction;
    private readonly SqliteCheckpointer checkpointer;
    private readonly Thread thread;

    public SqliteWriter(SqliteSession session, SqliteCheckpointer checkpointer)
    {
        (this.session, this.checkpointer) = (session, checkpointer);
        transaction = new(session);
        thread = new(Run) { IsBackground = true, Name = "klanten-sqlite-writer" };
        thread.Start();
    }

    /// <summary>Runs the work in a transaction, in the order of the calls. A result other than the work's own is never given.</summary>
    /// <exception cref="StoreBusyException">Too many commits are waiting.</exception>
    public Task<CommitResult> EnqueueAsync(Func<SqliteTransaction, CommitResult> work)
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
        var batch = new List<Job>();
        while (Next(batch))
        {
            // One job may have spoilt the transaction for all: each gets one of its own.
            if (!TryCommit(batch, last: batch.Count == 1))
                foreach (var job in batch) TryCommit([job], last: true);
            batch.Clear();
            checkpointer.AfterCommit(session);
        }
    }

    /// <summary>Waits for work and takes all that there is; false when the store is closed.</summary>
    private bool Next(List<Job> batch)
    {
        var waiting = queue.Reader.WaitToReadAsync().AsTask();
        if (!waiting.GetAwaiter().GetResult()) return false;
        while (queue.Reader.TryRead(out var job)) batch.Add(job);
        return true;
    }

    /// <returns>False when the transaction was undone and no job is answered yet.</returns>
    private bool TryCommit(List<Job> batch, bool last)
    {
        try
        {
            transaction.Begin();
            foreach (var job in batch) job.Result = job.Work(transaction);
            transaction.Commit();
        }
        catch (Exception exception)
        {
            transaction.Rollback();
            if (last) batch[0].Done.TrySetException(exception);
            return last;
        }
        foreach (var job in batch) job.Done.TrySetResult(job.Result);
        return true;
    }

    private sealed class Job(Func<SqliteTransaction, CommitResult> work)
    {
        public Func<SqliteTransaction, CommitResult> Work { get; } = work;
        public TaskCompletionSource<CommitResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        public CommitResult Result { get; set; }
    }
}
