using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// Adds many klanten to the embedded store, a lot in one transaction. An empty store is left without its indexes
/// meanwhile; one with klanten in it may have consumers, and keeps them.
/// </summary>
internal sealed class SqliteBulkLoad : IBulkLoad
{
    private readonly SqliteDatabase database;
    private readonly Action<SqliteTransaction, string> raiseCounter;
    private readonly bool unindexed;

    private SqliteBulkLoad(SqliteDatabase database, Action<SqliteTransaction, string> raiseCounter, bool unindexed) =>
        (this.database, this.raiseCounter, this.unindexed) = (database, raiseCounter, unindexed);

    public static async Task<SqliteBulkLoad> BeginAsync(SqliteDatabase database, Action<SqliteTransaction, string> raiseCounter)
    {
        var empty = false;
        await database.WriteAsync(transaction =>
        {
            empty = transaction.Session.Number("SELECT EXISTS (SELECT 1 FROM klant)") == 0;
            if (empty) SqliteSchema.RemoveIndexes(transaction.Session);
            return CommitResult.Committed;
        });
        return new(database, raiseCounter, empty);
    }

    public async ValueTask<IReadOnlyList<CommitResult>> CommitAsync(IReadOnlyList<KlantCommit> commits, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var results = new CommitResult[commits.Count];
        await database.WriteAsync(transaction =>
        {
            for (var i = 0; i < results.Length; i++)
            {
                raiseCounter(transaction, commits[i].After!.Bronorganisatie);
                results[i] = SqliteCommands.Commit(transaction, commits[i]);
            }
            return CommitResult.Committed;
        });
        return results;
    }

    public async ValueTask DisposeAsync()
    {
        if (!unindexed) return;
        await database.WriteAsync(transaction =>
        {
            SqliteSchema.AddIndexes(transaction.Session);
            return CommitResult.Committed;
        });
    }
}
