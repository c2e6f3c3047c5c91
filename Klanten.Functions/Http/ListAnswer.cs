using Klanten.Core.Ports;

namespace Klanten.Functions.Http;

/// <summary>
/// Sends JSON of which the last part is a list that comes from a store in chunks. A list of one chunk, as nearly all are, is sent
/// whole, with its length. A longer one is sent chunk by chunk (ADR 21): the next chunk is read once the consumer has taken the
/// previous one, so that an answer never holds more than one chunk, however long the list and however slow the consumer.
/// </summary>
/// <param name="buffer">Holds what comes before the first item. It is returned to the pool after the answer was sent.</param>
/// <param name="first">The first chunk.</param>
/// <param name="writeItem">Writes one item, without a separator.</param>
/// <param name="end">What comes after the last item.</param>
internal sealed class ListAnswer<T>(PooledBuffer buffer, Chunk<T> first, Action<PooledBuffer, T> writeItem, ReadOnlyMemory<byte> end)
    : IResult
{
    /// <summary>The chunk to write; null once it was written, so that it does not stay in memory while its bytes are sent.</summary>
    private Chunk<T>? chunk = first;

    private bool isFirst = true;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var next = WriteChunk();
        if (next is null)
        {
            await new JsonAnswer(buffer).ExecuteAsync(httpContext);
            return;
        }
        using var sent = buffer;
        httpContext.Response.ContentType = MediaTypes.Json;
        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            return;
        }
        await SendAsync(next, httpContext.Response.Body, httpContext.RequestAborted);
    }

    private async Task SendAsync(
        Func<CancellationToken, ValueTask<Chunk<T>>>? next, Stream body, CancellationToken cancellationToken)
    {
        await buffer.SendAsync(body, cancellationToken);
        while (next is not null)
        {
            buffer.Clear();
            chunk = await next(cancellationToken);
            next = WriteChunk();
            await buffer.SendAsync(body, cancellationToken);
        }
    }

    /// <returns>Reads the chunk that follows; null when the answer is complete.</returns>
    private Func<CancellationToken, ValueTask<Chunk<T>>>? WriteChunk()
    {
        var (items, next, bytes) = chunk!;
        chunk = null;
        using var written = bytes;
        foreach (var item in items)
        {
            if (!isFirst)
            {
                buffer.Write(","u8);
            }
            isFirst = false;
            writeItem(buffer, item);
        }
        if (next is null)
        {
            buffer.Write(end.Span);
        }
        return next;
    }
}
