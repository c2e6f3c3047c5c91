using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// Runs the queries that may go through all klanten, on threads of their own and few at a time, so that the threads and processors
/// for all other requests stay free.
/// </summary>
/// <param name="maxAtOnce">The number of queries at once; half of the processors when absent.</param>
/// <param name="maxWait">How long a query may wait for its turn.</param>
internal sealed class SqliteScans(int? maxAtOnce = null, TimeSpan? maxWait = null)
{
    /// <summary>More than can have their turn in time.</summary>
    private const int MaxWaiting = 200;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly TimeSpan maxWait = maxWait ?? TimeSpan.FromSeconds(5);
    private int waiting;

    private SemaphoreSlim Turns { get; } = new(maxAtOnce ?? Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Runs the query when it is its turn.</summary>
    /// <exception cref="ScanRefusedException">It would have to wait too long.</exception>
    public async Task<T> RunAsync<T>(Func<T> query, CancellationToken cancellationToken)
    {
        await WaitAsync(cancellationToken);
        try
        {
            return await Task.Factory.StartNew(query, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            Turns.Release();
        }
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            var isTurn = Interlocked.Increment(ref waiting) <= MaxWaiting && await Turns.WaitAsync(maxWait, cancellationToken);
            if (!isTurn) throw new ScanRefusedException(RetryAfter);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
