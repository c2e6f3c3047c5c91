using System.Text.Json.Serialization;
using Klanten.Core.Model;

namespace Klanten.Functions.Storage.Cosmos.Documents;

/// <summary>
/// The counters of one bronorganisatie: the number of klanten, and the number of pending moves into the partition. They are
/// incremented on the server (Patch), so that writers need no ETag. Their sum over several documents (shards) is the count, because all
/// creates and deletes of a bronorganisatie would wait for each other at one document.
/// </summary>
/// <param name="Bronorganisatie">The partition.</param>
/// <param name="Shard">Which of the shards.</param>
internal sealed record Counters(string Bronorganisatie, [property: JsonIgnore] int Shard)
{
    private const string CountersType = "counters";

    public const string KlantCountPath = "/klantCount";
    public const string MoveCountPath = "/moveCount";

    public const int Shards = 8;

    public string Id => CreateId(Bronorganisatie, Shard);

    public string Klantnummer => ContainerDefinition.KlantnummerOf(Id);

    public string Type { get; } = CountersType;

    public long KlantCount { get; }

    public long MoveCount { get; }

    /// <summary>The shard that counts this klant, by a random byte of its uuid (<see cref="KlantId"/>).</summary>
    public static int ShardOf(KlantId klant)
    {
        Span<byte> bytes = stackalloc byte[16];
        klant.Value.TryWriteBytes(bytes);
        return bytes[^1] % Shards;
    }

    public static string CreateId(string bronorganisatie, int shard) => $"{CountersType}:{bronorganisatie}:{shard}";

    public ReadOnlyMemory<byte> ToJson() => DocumentJson.Write(this, DocumentJson.Default.Counters);
}

/// <summary>A number of klanten, and of pending moves into the same partitions.</summary>
internal readonly record struct Counts(
    [property: JsonPropertyName("klantCount")] long Klanten, [property: JsonPropertyName("moveCount")] long Moves)
{
    public static Counts Parse(ReadOnlyMemory<byte> json) => DocumentJson.Read(json, DocumentJson.Default.Counts);

    public static Counts operator +(Counts left, Counts right) => new(left.Klanten + right.Klanten, left.Moves + right.Moves);
}
