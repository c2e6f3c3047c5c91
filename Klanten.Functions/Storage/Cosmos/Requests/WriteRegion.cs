using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Storage.Cosmos.Requests;

/// <summary>
/// Which region takes the writes. A read in another region may lag behind (ADR 16), so that it must not decide that a klant does not
/// exist or that a klantnummer is free. The SDK reads from another region as soon as one request to the nearest fails; excluding
/// the others in each request prevents that. It also checks, when it reads the account, whether the account keeps what we promise.
/// </summary>
/// <param name="client">The client of the account.</param>
/// <param name="oneAddress">Whether the client uses one address only, and so no other region.</param>
/// <param name="logger">Says what is wrong with the account.</param>
internal sealed partial class WriteRegion(CosmosClient client, bool oneAddress, ILogger<WriteRegion> logger)
{
    private volatile Task<List<string>?>? others;
    private bool warned;

    /// <summary>The regions of the account without the one that takes the writes; null when it has no others.</summary>
    /// <exception cref="CosmosException">The account did not answer.</exception>
    /// <exception cref="StoreRefusedException">Several regions take writes.</exception>
    public async ValueTask<List<string>?> OthersAsync(CancellationToken cancellationToken)
    {
        // Concurrent callers may each ask, with the same result.
        var reading = others ??= ReadAsync();
        try
        {
            return await reading.WaitAsync(cancellationToken);
        }
        catch (Exception) when (reading.IsFaulted)
        {
            others = null;
            throw;
        }
    }

    /// <summary>Reads the account again before the next read: after a failover another region takes the writes.</summary>
    public void Forget()
    {
        if (!oneAddress) others = null;
    }

    private async Task<List<string>?> ReadAsync()
    {
        var account = await client.ReadAccountAsync();
        Check(account);
        var writable = account.WritableRegions.Select(region => region.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var rest = account.ReadableRegions.Select(region => region.Name).Where(region => !writable.Contains(region)).ToList();
        return oneAddress || rest.Count == 0 ? null : rest;
    }

    private void Check(AccountProperties account)
    {
        if (account.WritableRegions.Count() > 1)
        {
            LogSeveralWriteRegions(logger);
            throw new StoreRefusedException(StoreTexts.SeveralWriteRegions);
        }
        if (warned || account.Consistency.DefaultConsistencyLevel is ConsistencyLevel.Strong or ConsistencyLevel.BoundedStaleness) return;
        warned = true;
        LogWeakConsistency(logger, account.Consistency.DefaultConsistencyLevel);
    }

    [LoggerMessage(
        LogLevel.Critical,
        "Several regions of the Cosmos DB account take writes. Two klanten could then get one klantnummer (kla-001), and one of the two "
        + "would be lost. No request is carried out until the account has one region for writes.")]
    private static partial void LogSeveralWriteRegions(ILogger logger);

    [LoggerMessage(
        LogLevel.Warning,
        "The Cosmos DB account has consistency level {Level}. A klant that was just created may not be found at another instance; "
        + "choose Strong, or BoundedStaleness with two regions (docs/adr/0016-consistency.md).")]
    private static partial void LogWeakConsistency(ILogger logger, ConsistencyLevel level);
}
