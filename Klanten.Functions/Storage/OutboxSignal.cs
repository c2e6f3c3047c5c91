using System.Threading.Channels;

namespace Klanten.Functions.Storage;

/// <summary>Wakes the dispatcher of this instance. Calls before the dispatcher waits count as one.</summary>
/// <param name="clock">Measures how long the dispatcher waits; null for the clock of the system.</param>
internal sealed class OutboxSignal(TimeProvider? clock = null)
{
    private readonly Channel<bool> channel =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => channel.Writer.TryWrite(true);

    /// <returns>Whether the signal was set; false after <paramref name="atMost"/>.</returns>
    public async ValueTask<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(atMost, clock ?? TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return await channel.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
