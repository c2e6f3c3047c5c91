using System.Buffers;

namespace Klanten.Functions.Http;

/// <summary>Buffer for an answer, in an array of the pool; without it every page of a list would allocate some 100 kB.</summary>
internal sealed class PooledBuffer(int capacity) : IBufferWriter<byte>, IDisposable
{
    /// <summary>
    /// The pool keeps what is returned to it, some arrays of each size for every processor. A larger array is rare, and is left
    /// to the garbage collector.
    /// </summary>
    private const int MaxPooledBytes = 512 * 1024;

    /// <summary>A writer that asks for no size in particular gets some room in an array that was emptied too.</summary>
    private const int MinGrowth = 4096;

    /// <summary>A larger body is sent in slices of this size, because the server copies each write whole into its output buffer.</summary>
    private const int SliceBytes = 32 * 1024;

    /// <summary>A body up to this size, such as a page of klanten of usual size, is sent in one write.</summary>
    private const int MaxBytesAtOnce = 256 * 1024;

    private byte[] array = Rent(capacity);
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

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(array.AsSpan(length));
        length += bytes.Length;
    }

    /// <summary>Sends what was written, no faster than the consumer takes it.</summary>
    public async Task SendAsync(Stream body, CancellationToken cancellationToken)
    {
        var slice = length <= MaxBytesAtOnce ? length : SliceBytes;
        for (var rest = Written; !rest.IsEmpty; rest = rest[Math.Min(slice, rest.Length)..])
        {
            await body.WriteAsync(rest[..Math.Min(slice, rest.Length)], cancellationToken);
        }
    }

    /// <summary>Makes the buffer empty, to be written again.</summary>
    public void Clear()
    {
        length = 0;
        if (array.Length > MaxPooledBytes)
        {
            array = [];
        }
    }

    /// <summary>Returns the array to the pool; <see cref="Written"/> must not be used after this.</summary>
    public void Dispose()
    {
        var used = array;
        (array, length) = ([], 0);
        Return(used);
    }

    private static byte[] Rent(int size) =>
        size <= MaxPooledBytes ? ArrayPool<byte>.Shared.Rent(size) : GC.AllocateUninitializedArray<byte>(size);

    private static void Return(byte[] used)
    {
        if (used.Length is > 0 and <= MaxPooledBytes)
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
        var larger = Rent(Math.Max(2 * array.Length, length + Math.Max(size, MinGrowth)));
        Written.Span.CopyTo(larger);
        Return(array);
        array = larger;
    }
}
