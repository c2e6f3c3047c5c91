namespace Klanten.Core.Ports;

/// <summary>
/// Part of a list that may be too large for memory, and the way to what follows. A store holds no connection, transaction or
/// lock between two chunks, so a slow reader keeps nothing busy.
/// </summary>
/// <typeparam name="T">What the list is of.</typeparam>
/// <param name="Items">
/// At most <see cref="Chunk.MaxBytes"/> of JSON and one item more; it may be empty when what would follow has been removed since.
/// </param>
/// <param name="NextAsync">Reads the chunk that follows; null when this is the last one.</param>
/// <param name="Bytes">
/// The arrays of a pool that hold the JSON of the items; null when each item has an array of its own. The caller writes the items, then
/// disposes of this and uses the items no more. If it never does, the garbage collector takes the arrays.
/// </param>
public sealed record Chunk<T>(
    IReadOnlyList<T> Items, Func<CancellationToken, ValueTask<Chunk<T>>>? NextAsync = null, IDisposable? Bytes = null);

/// <summary>The size of a <see cref="Chunk{T}"/>.</summary>
public static class Chunk
{
    /// <summary>
    /// A store adds no item to a chunk that has this many bytes of JSON. A page of klanten of usual size, some 130 kB, is one
    /// chunk.
    /// </summary>
    public const int MaxBytes = 256 * 1024;
}
