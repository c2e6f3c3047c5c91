using Klanten.Core.Ports;

namespace Klanten.Tests.Storage;

/// <summary>Reads what a store gives in chunks.</summary>
internal static class Chunks
{
    /// <summary>The items of this chunk and of all that follow.</summary>
    public static async Task<List<T>> ReadAllAsync<T>(this Chunk<T> first) => [.. (await ReadChunksAsync(first)).SelectMany(c => c.Items)];

    /// <summary>This chunk and all that follow.</summary>
    public static async Task<List<Chunk<T>>> ReadChunksAsync<T>(this Chunk<T> first)
    {
        var chunks = new List<Chunk<T>> { first };
        while (chunks[^1].NextAsync is { } next) chunks.Add(await next(TestContext.Current.CancellationToken));
        return chunks;
    }
}
