using System.Runtime.InteropServices;
using Klanten.Core.Model;
using Klanten.Core.Ports;

namespace Klanten.Core.UseCases;

/// <summary>
/// Lets the writes of one klant within this process take turns from their read to their commit, in the order in which they
/// came. Where one process has the store, a write is then never overtaken; with several, optimistic concurrency decides between those
/// that are in front in each.
/// </summary>
public sealed class KlantTurns
{
    /// <summary>Writes of one klant that may wait at once; each commit takes some milliseconds.</summary>
    private const int MaxWaiting = 1000;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Dictionary<KlantId, Queue> queues = [];

    /// <summary>The number of klanten with a write that has its turn or waits for it.</summary>
    internal int Count
    {
        get
        {
            lock (queues)
            {
                return queues.Count;
            }
        }
    }

    /// <summary>Waits for the turn of a write; the turn lasts until what is returned is disposed of.</summary>
    /// <exception cref="StoreBusyException">Too many writes of the klant are waiting.</exception>
    public async ValueTask<Turn> WaitAsync(KlantId klant, CancellationToken cancellationToken)
    {
        var queue = Join(klant);
        try
        {
            var waits = !queue.Turn.Wait(0, CancellationToken.None);
            if (waits)
            {
                await queue.Turn.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            return new(this, klant, queue, waits);
        }
        catch
        {
            Leave(klant, queue);
            throw;
        }
    }

    private Queue Join(KlantId klant)
    {
        lock (queues)
        {
            ref var queue = ref CollectionsMarshal.GetValueRefOrAddDefault(queues, klant, out _);
            queue ??= new();
            if (queue.Length > MaxWaiting)
            {
                throw new StoreBusyException(RetryAfter);
            }
            queue.Length++;
            return queue;
        }
    }

    private void Leave(KlantId klant, Queue queue)
    {
        lock (queues)
        {
            if (--queue.Length == 0)
            {
                queues.Remove(klant);
            }
        }
    }

    /// <summary>The turn of one write.</summary>
    public readonly struct Turn : IDisposable
    {
        private readonly KlantTurns turns;
        private readonly KlantId klant;
        private readonly Queue queue;

        internal Turn(KlantTurns turns, KlantId klant, Queue queue, bool hasWaited)
        {
            (this.turns, this.klant, this.queue) = (turns, klant, queue);
            HasWaited = hasWaited;
        }

        /// <summary>Whether other writes came first, so that what was read before is out of date.</summary>
        public bool HasWaited { get; }

        public void Dispose()
        {
            queue.Turn.Release();
            turns.Leave(klant, queue);
        }
    }

    /// <summary>The write that has its turn, and those that wait for it.</summary>
    internal sealed class Queue
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public int Length { get; set; }
    }
}
