using System.Buffers;

namespace Klanten.Functions.Http;

/// <summary>Buffer for an answer, in an array of the pool; without it every page of a list would allocate some 100 kB.</summary>
internal sealed class PooledBuffer(int capacity) : IBufferWriter<byte>, IDisposable
{
    private byte[] array = ArrayPool<byte>.Shared.Rent(capacity);
    private int length;

    public ReadOnlyMemory<byte> Written => array.AsMemory(0, length);

    public void Advance(int count) => length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return array.AsMemory(length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return array.AsSpan(length);
    }

    /// <summary>Returns the array to the pool; <see cref="Written"/> must not be used after this.</summary>
    public void Dispose()
    {
        var used = array;
        (array, length) = ([], 0);
        if (used.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(used);
        }
    }

    private void Reserve(int size)
    {
        if (array.Length - length >= Math.Max(size, 1))
        {
            return;
        }
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * array.Length, length + size));
        Written.Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(array);
        array = larger;
    }
}
