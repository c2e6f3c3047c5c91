using Klanten.Core.Ports;
using Klanten.Functions.Storage.Cosmos.Requests;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// Adds many klanten: several in a transaction, and several transactions in parallel, each of which waits and retries when the account
/// is busy (429).
/// </summary>
internal sealed class CosmosBulkLoad(CosmosKlantStore store) : IBulkLoad
{
    /// <summary>A transaction has at most 100 steps: three a klant, and one a shard of the counters.</summary>
    private const int KlantenInTransaction = 30;

    private const int MaxParallelism = 16;

    public async ValueTask<IReadOnlyList<CommitResult>> CommitAsync(IReadOnlyList<KlantCommit> commits, CancellationToken cancellationToken)
    {
        var results = new CommitResult[commits.Count];
        var portions = Enumerable.Range(0, commits.Count)
            .GroupBy(i => commits[i].After!.Bronorganisatie)
            .SelectMany(indexes => indexes.Chunk(KlantenInTransaction));
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxParallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(portions, options, async (portion, cancel) =>
        {
            if (await TryTogetherAsync([.. portion.Select(i => commits[i])], cancel)) return;
            foreach (var i in portion) results[i] = await CommitAsync(commits[i], cancel);
        });
        return results;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <returns>
    /// False when the transaction was refused or went unanswered. Each klant is then added by itself; one that exists already shows by
    /// its commit that it was added here.
    /// </returns>
    private async Task<bool> TryTogetherAsync(KlantCommit[] commits, CancellationToken cancellationToken)
    {
        if (commits.Length == 1) return false;
        try
        {
            return await RetryWhenBusyAsync(() => store.TryCreateAsync(commits), cancellationToken);
        }
        catch (Exception exception) when (exception is CosmosStoreException or KlantTooLargeException)
        {
            return false;
        }
    }

    private Task<CommitResult> CommitAsync(KlantCommit commit, CancellationToken cancellationToken) =>
        RetryWhenBusyAsync(() => store.CommitAsync(commit, cancellationToken).AsTask(), cancellationToken);

    private static async Task<T> RetryWhenBusyAsync<T>(Func<Task<T>> send, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await send();
            }
            catch (StoreBusyException busy)
            {
                await Task.Delay(busy.RetryAfter, cancellationToken);
            }
        }
    }
}
