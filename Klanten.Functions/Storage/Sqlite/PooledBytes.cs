using System.Buffers;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>
/// Copies of what SQLite has in its own memory, in arrays of the pool. Without it every page of a list would allocate some 100 kB.
/// </summary>
internal sealed class PooledBytes : IDisposable
{
    /// <summary>Bytes of an array that is kept for the next page. A larger klant is rare, and is left to the garbage collector.</summary>
    private const int MaxPooledBytes = 32 * 1024;

    private readonly List<byte[]> arrays = [];
    private Memory<byte> room;

    /// <summary>Bytes that were copied.</summary>
    public long Length { get; private set; }

    public ReadOnlyMemory<byte> Copy(ReadOnlySpan<byte> bytes)
    {
        if (room.Length < bytes.Length) room = Take(bytes.Length);
        var copy = room[..bytes.Length];
        bytes.CopyTo(copy.Span);
        room = room[bytes.Length..];
        Length += bytes.Length;
        return copy;
    }

    /// <summary>Returns the arrays to the pool; the copies must not be used after this.</summary>
    public void Dispose()
    {
        foreach (var array in arrays) ArrayPool<byte>.Shared.Return(array);
        arrays.Clear();
        room = default;
    }

    /// <remarks>Most lists that are asked are of one klant, which is not worth the pool.</remarks>
    private byte[] Take(int size)
    {
        if (Length == 0 || size > MaxPooledBytes) return GC.AllocateUninitializedArray<byte>(size);
        arrays.Add(ArrayPool<byte>.Shared.Rent(MaxPooledBytes));
        return arrays[^1];
    }
}
