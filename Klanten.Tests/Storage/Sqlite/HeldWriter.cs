using Klanten.Core.Model;
using Klanten.Core.Ports;
using Klanten.Functions.Storage.Sqlite;
using Klanten.Tests.Support;

namespace Klanten.Tests.Storage.Sqlite;

/// <summary>A database in a file of its own, whose writer can be held up so that commits wait for it at the same time.</summary>
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

    /// <summary>The task is the writer's own: it has ended the moment that the writer answered.</summary>
    public Task<CommitResult> WriteAsync(KlantCommit commit) => Database.WriteAsync(transaction => SqliteCommands.Commit(transaction, commit));

    /// <summary>Queues a job that keeps its transaction open until it is let go.</summary>
    public Hold Queue() => new(Database);

    /// <summary>Holds the writer up: what is queued from now on waits.</summary>
    public async Task<Hold> HoldAsync()
    {
        var hold = Queue();
        await hold.Reached.WaitAsync(TestContext.Current.CancellationToken);
        return hold;
    }

    public async Task<long> CountAsync() => (await Store.ListAsync(new([]), PageRequest.First, TestContext.Current.CancellationToken))!.Count;

    /// <summary>Closes the file and opens it again, as another run of the program.</summary>
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

    /// <summary>To be disposed of before the database, which waits for its writer.</summary>
    internal sealed class Hold : IDisposable
    {
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Hold(SqliteDatabase database) => _ = database.WriteAsync(_ =>
        {
            reached.TrySetResult();
            released.Task.Wait();
        });

        /// <summary>Ends when the writer has come to it.</summary>
        public Task Reached => reached.Task;

        public void Release() => released.TrySetResult();

        public void Dispose() => Release();
    }
}
