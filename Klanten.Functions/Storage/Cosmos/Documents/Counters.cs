using Klanten.Core.Model;

namespace Klanten.Functions.Storage.Cosmos.Documents;

/// <summary>
/// The counters of one bronorganisatie: the number of klanten, and the number of pending moves into the partition. They are
/// incremented on the server (Patch), so that writers need no ETag. Their sum over several documents (shards) is the count, because all
/// creates and deletes of a bronorganisatie would wait for each other at one document.
/// </summary>
internal static class Counters
{
    public const string Type = "counters";
    public const string KlantCountPath = "/klantCount";
    public const string MoveCountPath = "/moveCount";

    public const int Shards = 8;

    /// <summary>The shard that counts this klant, by a random byte of its uuid (<see cref="KlantId"/>).</summary>
    public static int ShardOf(KlantId klant)
    {
        Span<byte> bytes = stackalloc byte[16];
        klant.Value.TryWriteBytes(bytes);
        return bytes[^1] % Shards;
    }

    public static string CreateId(string bronorganisatie, int shard) => $"{Type}:{bronorganisatie}:{shard}";

    public static ReadOnlyMemory<byte> Create(string bronorganisatie, int shard) => JsonSlices.CreateObject(writer =>
    {
        writer.WriteHead(Type, CreateId(bronorganisatie, shard), bronorganisatie);
        writer.WriteNumber("klantCount"u8, 0);
        writer.WriteNumber("moveCount"u8, 0);
    });
}

/// <summary>A number of klanten, and of pending moves into the same partitions.</summary>
internal readonly record struct Counts(long Klanten, long Moves)
{
    public static Counts Parse(ReadOnlyMemory<byte> json) =>
        new(JsonSlices.GetInt64(json, "klantCount"u8), JsonSlices.GetInt64(json, "moveCount"u8));

    public static Counts operator +(Counts left, Counts right) => new(left.Klanten + right.Klanten, left.Moves + right.Moves);
}
