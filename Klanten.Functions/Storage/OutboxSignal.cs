using System.Threading.Channels;

namespace Klanten.Functions.Storage;

/// <summary>Wakes the dispatcher of this instance. Calls before the dispatcher waits count as one.</summary>
/// <param name="clock">Measures how long the dispatcher waits; null for the clock of the system.</param>
internal sealed class OutboxSignal(TimeProvider? clock = null)
{
    /// <summary>What it carries means nothing.</summary>
    private readonly Channel<object> channel =
        Channel.CreateBounded<object>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => channel.Writer.TryWrite(this);

    /// <returns>Whether the signal was set; false after <paramref name="atMost"/>.</returns>
    public async ValueTask<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(atMost, clock ?? TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            await channel.Reader.ReadAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
