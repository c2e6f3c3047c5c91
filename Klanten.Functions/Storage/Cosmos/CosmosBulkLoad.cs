using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>Adds many klanten: several requests in parallel, each of which waits and retries when the account is busy (429).</summary>
internal sealed class CosmosBulkLoad(CosmosKlantStore store) : IBulkLoad
{
    private const int MaxParallelism = 64;

    public async ValueTask<IReadOnlyList<CommitResult>> CommitAsync(IReadOnlyList<KlantCommit> commits, CancellationToken cancellationToken)
    {
        var results = new CommitResult[commits.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxParallelism, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, results.Length, options, async (i, cancel) => results[i] = await CommitAsync(commits[i], cancel));
        return results;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<CommitResult> CommitAsync(KlantCommit commit, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await store.CommitAsync(commit, cancellationToken);
            }
            catch (StoreBusyException busy)
            {
                await Task.Delay(busy.RetryAfter, cancellationToken);
            }
        }
    }
}
