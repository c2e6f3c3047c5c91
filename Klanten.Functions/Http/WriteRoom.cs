using Klanten.Functions.Telemetry;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Http;

/// <summary>
/// The room for requests that write. It is bounded by their number and by the bytes of their bodies and of the klanten that they change,
/// because each of them may wait seconds for its subject or the store. A request takes a place once its whole body is there: bodies that
/// come in slowly hold bytes, and keep no other consumer out. Reads need no place, so a full room does not keep them waiting.
/// </summary>
internal sealed class WriteRoom(IOptions<LimitOptions> options, KlantenMetrics metrics, TimeProvider clock)
{
    /// <summary>
    /// How long a whole body may take, as long as the server gives the headers. The server bounds the average rate only, so that 1 MB that
    /// came in at once could wait for its last byte for an hour, and thirty of those filled the room.
    /// </summary>
    private static readonly TimeSpan MaxBodyTime = TimeSpan.FromSeconds(30);

    private const long MB = 1024 * 1024;

    private readonly KlantenMetrics metrics = metrics;
    private readonly TimeProvider clock = clock;
    private readonly int placeLimit = options.Value.Schrijfverzoeken;
    private readonly long bodyLimit = options.Value.InhoudMB * MB;
    private int places;
    private long bodyBytes;

    /// <summary>The bytes of all bodies and klanten that are in the room.</summary>
    public long HeldBytes => Interlocked.Read(ref bodyBytes);

    /// <summary>Lets a request in while there are places; null when all are taken.</summary>
    public Guest? TryEnter()
    {
        if (Volatile.Read(ref places) < placeLimit)
        {
            return new(this);
        }
        metrics.RequestShed("verzoeken");
        return null;
    }

    private bool TryTakePlace()
    {
        if (Interlocked.Increment(ref places) <= placeLimit)
        {
            return true;
        }
        Interlocked.Decrement(ref places);
        metrics.RequestShed("verzoeken");
        return false;
    }

    /// <summary>One request, with what it holds of the room until it is disposed of.</summary>
    internal sealed class Guest(WriteRoom room) : IDisposable
    {
        private long held;
        private bool hasPlace;

        /// <summary>Is cancelled when a body that begins now takes too long.</summary>
        public CancellationTokenSource StartBodyDeadline() => new(MaxBodyTime, room.clock);

        /// <summary>Takes a place, when all of the body is there; false when all are taken.</summary>
        public bool TryTakePlace() => hasPlace = hasPlace || room.TryTakePlace();

        /// <summary>
        /// Takes bytes for a klant, or as the body comes in, whatever its Content-Length says; false when there are too few left.
        /// </summary>
        public bool TryHold(long bytes)
        {
            if (Interlocked.Add(ref room.bodyBytes, bytes) <= room.bodyLimit)
            {
                held += bytes;
                return true;
            }
            Interlocked.Add(ref room.bodyBytes, -bytes);
            room.metrics.RequestShed("inhoud");
            return false;
        }

        public void Dispose()
        {
            Interlocked.Add(ref room.bodyBytes, -held);
            held = 0;
            if (hasPlace) Interlocked.Decrement(ref room.places);
            hasPlace = false;
        }
    }
}
