using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// Adds many klanten to the embedded store, one transaction per call. An empty store loses its indexes until the end: in
/// key order an index is made in a tenth of the time. A store with klanten may have consumers, and keeps its indexes.
/// </summary>
internal sealed class SqliteBulkLoad : IBulkLoad
{
    private readonly SqliteDatabase database;
    private readonly Action<SqliteTransaction, string> raiseCounter;
    private readonly bool unindexed;
    private readonly CancellationToken stopped;

    private SqliteBulkLoad(
        SqliteDatabase database, Action<SqliteTransaction, string> raiseCounter, bool unindexed, CancellationToken stopped) =>
        (this.database, this.raiseCounter, this.unindexed, this.stopped) = (database, raiseCounter, unindexed, stopped);

    /// <param name="database">The store.</param>
    /// <param name="raiseCounter">Records that a klantnummer was taken.</param>
    /// <param name="stopped">When it is cancelled, the indexes are left to the next open of the store.</param>
    public static async Task<SqliteBulkLoad> BeginAsync(
        SqliteDatabase database, Action<SqliteTransaction, string> raiseCounter, CancellationToken stopped)
    {
        var unindexed = await database.WriteAsync(
            static transaction =>
            {
                transaction.Session.LimitCache(SqliteDatabase.LargeCache);
                return TryRemoveIndexes(transaction.Session);
            },
            cancellationToken: stopped);
        return new(database, raiseCounter, unindexed, stopped);
    }

    public async ValueTask<IReadOnlyList<CommitResult>> CommitAsync(IReadOnlyList<KlantCommit> commits, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await database.WriteAsync(transaction => Commit(transaction, commits), cancellationToken: cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (unindexed) await database.WriteAsync(AddIndexes);
        }
        catch (QueryInterruptedException)
        {
            // The transaction is rolled back.
        }
        await database.WriteAsync(static transaction => SqliteDatabase.LimitCache(transaction.Session));
    }

    private void AddIndexes(SqliteTransaction transaction) =>
        transaction.Session.RunWhile(() => !stopped.IsCancellationRequested, SqliteSchema.AddIndexes);

    private static bool TryRemoveIndexes(SqliteSession session)
    {
        var empty = session.Number("SELECT EXISTS (SELECT 1 FROM klant)") == 0;
        if (empty) SqliteSchema.RemoveIndexes(session);
        return empty;
    }

    private CommitResult[] Commit(SqliteTransaction transaction, IReadOnlyList<KlantCommit> commits)
    {
        foreach (var bronorganisatie in commits.Select(commit => commit.After!.Bronorganisatie).Distinct(StringComparer.Ordinal))
        {
            raiseCounter(transaction, bronorganisatie);
        }
        var results = new CommitResult[commits.Count];
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = SqliteCommands.Commit(transaction, commits[i], hasWords: !unindexed);
        }
        return results;
    }
}
