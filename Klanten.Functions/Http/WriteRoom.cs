using System.Threading.RateLimiting;
using Klanten.Functions.Telemetry;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Http;

/// <summary>
/// The room for requests that write. It is bounded by their number and by the bytes of their bodies and of the klanten that they change,
/// because each of them may wait seconds for its body, its subject or the store. Reads need no place, so a full room does not keep them
/// waiting.
/// </summary>
internal sealed class WriteRoom(IOptions<LimitOptions> options, KlantenMetrics metrics) : IDisposable
{
    private const long MB = 1024 * 1024;

    private readonly KlantenMetrics metrics = metrics;
    private readonly ConcurrencyLimiter requests = new(new() { PermitLimit = options.Value.Schrijfverzoeken, QueueLimit = 0 });
    private readonly long bodyLimit = options.Value.InhoudMB * MB;
    private long bodyBytes;

    /// <summary>The bytes of all bodies and klanten that are in the room.</summary>
    public long HeldBytes => Interlocked.Read(ref bodyBytes);

    /// <summary>Takes a place, until it is disposed of; null when all are taken.</summary>
    public Place? TryEnter()
    {
        var permit = requests.AttemptAcquire();
        if (permit.IsAcquired)
        {
            return new(this, permit);
        }
        permit.Dispose();
        metrics.RequestShed("verzoeken");
        return null;
    }

    public void Dispose() => requests.Dispose();

    /// <summary>The place of one request, with what it holds of the bytes.</summary>
    internal sealed class Place(WriteRoom room, RateLimitLease permit) : IDisposable
    {
        private long held;

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
            permit.Dispose();
        }
    }
}
