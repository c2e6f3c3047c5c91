using System.Threading.Channels;
using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// The one writer of the database. Jobs that wait at the same time share a transaction, and with it one fsync; no job is
/// answered before that fsync has succeeded.
/// </summary>
internal sealed class SqliteWriter : IDisposable
{
    /// <summary>A longer queue means that the disk cannot keep up.</summary>
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

    /// <summary>Runs the work in a transaction, in the order of the calls, and returns what it returned once that is durable.</summary>
    /// <remarks>The work may run twice: a fault of another job undoes the transaction that they share.</remarks>
    /// <exception cref="StoreBusyException">Too many jobs are waiting.</exception>
    public Task<T> EnqueueAsync<T>(Func<SqliteTransaction, T> work)
    {
        var job = new Job<T>(work);
        if (!queue.Writer.TryWrite(job)) throw new StoreBusyException(TimeSpan.FromSeconds(1));
        return job.Answer;
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
        while (WaitForJobs(batch))
        {
            Process(batch);
            batch.Clear();
            checkpointer.AfterCommit(session);
        }
    }

    /// <summary>Waits for a job and takes all that are queued; false when the store is closed.</summary>
    private bool WaitForJobs(List<Job> batch)
    {
        var waiting = queue.Reader.WaitToReadAsync().AsTask();
        if (!waiting.GetAwaiter().GetResult()) return false;
        while (queue.Reader.TryRead(out var job)) batch.Add(job);
        return true;
    }

    private void Process(List<Job> batch)
    {
        var fault = TryCommit(batch);
        if (fault is null)
        {
            foreach (var job in batch) job.Succeed();
        }
        else if (batch.Count == 1)
        {
            batch[0].Fail(fault);
        }
        else
        {
            // One job may have spoilt the transaction for all of them: each is tried again in a transaction of its own.
            foreach (var job in batch) Process([job]);
        }
    }

    /// <returns>Null when the transaction is durable; otherwise why it was rolled back.</returns>
    private Exception? TryCommit(List<Job> batch)
    {
        try
        {
            transaction.Begin();
            foreach (var job in batch) job.Run(transaction);
            transaction.Commit();
            return null;
        }
        catch (Exception exception)
        {
            transaction.Rollback();
            return exception;
        }
    }

    private abstract class Job
    {
        public abstract void Run(SqliteTransaction transaction);

        public abstract void Succeed();

        public abstract void Fail(Exception exception);
    }

    private sealed class Job<T>(Func<SqliteTransaction, T> work) : Job
    {
        private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T result = default!;

        public Task<T> Answer => answer.Task;

        public override void Run(SqliteTransaction transaction) => result = work(transaction);

        public override void Succeed() => answer.TrySetResult(result);

        public override void Fail(Exception exception) => answer.TrySetException(exception);
    }
}
