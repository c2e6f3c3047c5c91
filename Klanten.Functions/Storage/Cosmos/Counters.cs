namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// The counters of one bronorganisatie, in one document: the number of klanten, and the number of pending moves into the
/// partition. They are incremented on the server (Patch), so that writers need no ETag and do not
/// wait for each other.
/// </summary>
internal static class Counters
{
    public const string Type = "counters";
    public const string KlantCountPath = "/klantCount";
    public const string MoveCountPath = "/moveCount";

    public static string CreateId(string bronorganisatie) => $"{Type}:{bronorganisatie}";

    public static ReadOnlyMemory<byte> Create(string bronorganisatie) => JsonSlices.CreateObject(writer =>
    {
        writer.WriteHead(Type, CreateId(bronorganisatie), bronorganisatie);
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
