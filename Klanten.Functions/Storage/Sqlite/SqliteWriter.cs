using System.Diagnostics;
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

    /// <summary>Pages that deletes left free; with fewer than the reserve holds, a full disk takes no new klanten.</summary>
    private const int EnoughFreePages = SqliteReserve.Size / SessionKind.PageSize;

    /// <summary>After this time without jobs the writer copies the log, and looks whether a fault is over.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly Queue<Job> queue = [];
    private readonly SqliteSession session;
    private readonly SqliteTransaction transaction;
    private readonly SqliteCheckpointer checkpointer;
    private readonly SqliteReserve reserve;
    private readonly SqliteFiles files;
    private readonly SqliteFaults faults;
    private readonly TimeSpan timeout;
    private readonly Timer expiry;
    private readonly Thread thread;
    private bool closed;
    private bool full;

    /// <param name="session">The session that the writer writes with, and disposes of.</param>
    /// <param name="hot">The klanten in memory.</param>
    /// <param name="checkpointer">Copies the log.</param>
    /// <param name="reserve">Given up when the disk is full.</param>
    /// <param name="files">The files that the session has open.</param>
    /// <param name="faults">What the faults of SQLite mean.</param>
    /// <param name="timeout">How long a job may wait to be run.</param>
    public SqliteWriter(
        SqliteSession session,
        HotKlanten hot,
        SqliteCheckpointer checkpointer,
        SqliteReserve reserve,
        SqliteFiles files,
        SqliteFaults faults,
        TimeSpan timeout)
    {
        (this.session, this.checkpointer, this.reserve) = (session, checkpointer, reserve);
        (this.files, this.faults, this.timeout) = (files, faults, timeout);
        transaction = new(session, hot);
        full = !reserve.TryKeep();
        if (full) Report(StoreFault.Full);
        var period = timeout / 10 < Rest ? timeout / 10 : Rest;
        expiry = new(_ => WithdrawExpired(), null, period, period);
        thread = new(Run) { IsBackground = true, Name = "klanten-sqlite-writer" };
        thread.Start();
    }

    /// <summary>Runs the work in a transaction, in the order of the calls, and returns what it returned once that is durable.</summary>
    /// <param name="work">It may run twice: a fault of another job undoes the transaction that they share.</param>
    /// <param name="needsNoRoom">Whether it only removes, and can be done on a full disk.</param>
    /// <param name="cancellationToken">Gives up the work, unless it was begun.</param>
    /// <exception cref="StoreBusyException">Too many jobs are waiting.</exception>
    /// <exception cref="StoreUnavailableException">The work was not run in time and will not be, or changed nothing.</exception>
    public Task<T> EnqueueAsync<T>(
        Func<SqliteTransaction, T> work, bool needsNoRoom = false, CancellationToken cancellationToken = default)
    {
        var job = new Job<T>(work) { NeedsNoRoom = needsNoRoom, GivenUp = cancellationToken };
        lock (queue)
        {
            if (closed) throw new StoreUnavailableException(StoreFault.Unanswered);
            if (queue.Count >= MaxQueueLength) throw new StoreBusyException(TimeSpan.FromSeconds(1));
            queue.Enqueue(job);
            Monitor.Pulse(queue);
        }
        return job.Answer;
    }

    public void Dispose()
    {
        lock (queue)
        {
            closed = true;
            Monitor.Pulse(queue);
        }
        thread.Join();
        expiry.Dispose();
        session.Dispose();
    }

    private void Run()
    {
        var batch = new List<Job>();
        while (WaitForJobs(batch))
        {
            if (full) full = !reserve.TryKeep();
            if (batch.Count == 0)
            {
                BeAtRest();
                continue;
            }
            Process(batch);
            batch.Clear();
            if (full) checkpointer.Copy(session);
            else checkpointer.AfterCommit(session);
        }
    }

    /// <summary>Waits for a job and takes all that are queued, or none after a while; false when the store is closed.</summary>
    private bool WaitForJobs(List<Job> batch)
    {
        lock (queue)
        {
            if (queue.Count == 0 && !closed) Monitor.Wait(queue, Rest);
            while (queue.TryDequeue(out var job)) batch.Add(job);
            return batch.Count > 0 || !closed;
        }
    }

    /// <summary>Answers the jobs that have waited too long, also while the writer waits for the disk or for a lock.</summary>
    private void WithdrawExpired()
    {
        lock (queue)
        {
            if (!queue.Any(IsExpired)) return;
            var fault = faults.Current ?? StoreFault.Unanswered;
            for (var jobs = queue.Count; jobs > 0; jobs--)
            {
                var job = queue.Dequeue();
                if (IsExpired(job)) job.Refuse(fault);
                else queue.Enqueue(job);
            }
        }
    }

    private bool IsExpired(Job job) => job.Waited > timeout || job.GivenUp.IsCancellationRequested;

    private void Process(List<Job> batch)
    {
        Refuse(batch);
        if (batch.Count == 0) return;
        var fault = TryCommit(batch);
        if (batch.Count == 0) return;
        if (fault is null)
        {
            if (!full) faults.SetWell();
            foreach (var job in batch) job.Succeed();
        }
        else if (!full && fault is StoreUnavailableException { Fault: StoreFault.Full })
        {
            // The reserve has room for what the log adds to the database, after which the log starts again from its beginning.
            full = true;
            faults.SetUnwell(StoreFault.Full);
            reserve.TryGiveUp();
            checkpointer.Copy(session);
            Process(batch);
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

    /// <summary>Answers and removes the jobs that must not be run.</summary>
    private void Refuse(List<Job> batch)
    {
        Refuse(batch, faults.Current ?? StoreFault.Unanswered, IsExpired);
        if (faults.Current == StoreFault.Damaged)
        {
            Refuse(batch, StoreFault.Damaged, _ => true);
        }
        else if (!files.AreInPlace)
        {
            Report(StoreFault.Replaced);
            Refuse(batch, StoreFault.Replaced, _ => true);
        }
        else if (full && session.Number("PRAGMA freelist_count") < EnoughFreePages)
        {
            Report(StoreFault.Full);
            Refuse(batch, StoreFault.Full, job => !job.NeedsNoRoom);
        }
    }

    private static void Refuse(List<Job> batch, StoreFault fault, Func<Job, bool> isRefused) => batch.RemoveAll(job =>
    {
        var refused = isRefused(job);
        if (refused) job.Refuse(fault);
        return refused;
    });

    private void Report(StoreFault fault)
    {
        faults.SetUnwell(fault);
        faults.Log(fault);
    }

    /// <returns>Null when the transaction is durable; otherwise why it was rolled back.</returns>
    private Exception? TryCommit(List<Job> batch)
    {
        try
        {
            Begin(batch);
            if (batch.Count == 0) return null;
            foreach (var job in batch) job.Run(transaction);
            transaction.Commit();
            return null;
        }
        catch (Exception exception)
        {
            transaction.Rollback();
            return Translate(exception);
        }
    }

    /// <summary>Begins the transaction, as soon as another process that has the database locked lets go of it.</summary>
    /// <remarks>Jobs whose time is over by then are answered and removed from the batch.</remarks>
    private void Begin(List<Job> batch)
    {
        while (batch.Count > 0)
        {
            try
            {
                transaction.Begin();
                return;
            }
            catch (SqliteException exception) when (SqliteFaults.KindOf(exception) == StoreFault.Locked)
            {
                Translate(exception);
                Refuse(batch, StoreFault.Locked, IsExpired);
            }
        }
    }

    /// <summary>Copies the log, and notices faults and their end while there are no jobs.</summary>
    private void BeAtRest()
    {
        if (!files.AreInPlace)
        {
            Report(StoreFault.Replaced);
            return;
        }
        checkpointer.AtRest(session);
        try
        {
            transaction.NoticeOtherWriters();
            if (faults.Current is null || full) return;
            transaction.Begin();
            transaction.Rollback();
            faults.SetWell();
        }
        catch (SqliteException exception)
        {
            Translate(exception);
        }
    }

    private Exception Translate(Exception exception)
    {
        if (exception is not SqliteException fromSqlite) return exception;
        var translated = faults.Translate(fromSqlite);
        if (translated is StoreUnavailableException { Fault: var fault }) faults.SetUnwell(fault);
        return translated;
    }

    private abstract class Job
    {
        private readonly long queued = Stopwatch.GetTimestamp();

        public required bool NeedsNoRoom { get; init; }

        public required CancellationToken GivenUp { get; init; }

        public TimeSpan Waited => Stopwatch.GetElapsedTime(queued);

        public abstract void Run(SqliteTransaction transaction);

        public abstract void Succeed();

        public abstract void Fail(Exception exception);

        /// <summary>Answers a job that was not run.</summary>
        public void Refuse(StoreFault fault) => Fail(
            GivenUp.IsCancellationRequested ? new OperationCanceledException(GivenUp) : new StoreUnavailableException(fault));
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
