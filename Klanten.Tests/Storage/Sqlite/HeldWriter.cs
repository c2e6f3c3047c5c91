using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>A database in a temporary file. A test can hold its writer, so that commits wait at the same time.</summary>
internal sealed class HeldWriter : IDisposable
{
    private readonly TempFolder folder = new();

    public HeldWriter()
    {
        Database = new(new() { Pad = folder.Database });
        Store = new(Database);
        Log = new(folder.Database);
    }

    public SqliteDatabase Database { get; private set; }

    public SqliteKlantStore Store { get; private set; }

    public WriteAheadLog Log { get; }

    /// <summary>The writer's own task: it is completed as soon as the writer answers.</summary>
    public Task<CommitResult> WriteAsync(KlantCommit commit) =>
        Database.WriteAsync(transaction => SqliteCommands.Commit(transaction, commit));

    /// <summary>Queues a job that keeps its transaction open until it is released.</summary>
    public Hold Queue() => new(Database);

    /// <summary>Holds the writer: jobs that are queued from now on wait.</summary>
    public async Task<Hold> HoldAsync()
    {
        var hold = Queue();
        await hold.Reached.WaitAsync(TestContext.Current.CancellationToken);
        return hold;
    }

    public async Task<long> CountAsync()
    {
        var page = await Store.ListAsync(KlantFilter.None, PageRequest.First, TestContext.Current.CancellationToken);
        return page!.Count;
    }

    /// <summary>Another session on the file, as another program would have.</summary>
    public SqliteSession OpenSession() => new(folder.Database);

    /// <summary>Closes the file and opens it again, as a restart of the program does.</summary>
    public void Reopen()
    {
        Database.Dispose();
        Database = new(new() { Pad = folder.Database });
        Store = new(Database);
    }

    public void Dispose()
    {
        Database.Dispose();
        folder.Dispose();
    }

    /// <summary>A job that holds the writer. Dispose it before the database, which waits for its writer.</summary>
    internal sealed class Hold : IDisposable
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Hold(SqliteDatabase database) => _ = database.WriteAsync(_ =>
        {
            reached.TrySetResult();
            released.Task.Wait();
        });

        /// <summary>Completed when the writer runs the job.</summary>
        public Task Reached => reached.Task;

        public void Release() => released.TrySetResult();

        public void Dispose() => Release();
    }
}
