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
/// Arrays of a pool that hold the JSON of the items; null when the items have arrays of their own. Who has written the items disposes of
/// it, and does not use the items after that. Arrays that nobody returned are left to the garbage collector.
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
