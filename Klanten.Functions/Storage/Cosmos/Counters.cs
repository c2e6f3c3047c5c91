namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// The counters of one bronorganisatie, one document: the last klantnummer given out, the klanten there are, and the moves
/// into the partition that are under way. Raised on the server, so that nobody waits for anybody's ETag.
/// </summary>
internal static class Counters
{
    public const string Type = "counters";
    public const string LastKlantnummerPath = "/lastKlantnummer";
    public const string KlantCountPath = "/klantCount";
    public const string MoveCountPath = "/moveCount";

    public static string CreateId(string bronorganisatie) => $"{Type}:{bronorganisatie}";

    public static ReadOnlyMemory<byte> Create(string bronorganisatie) => JsonSlices.CreateObject(writer =>
    {
        writer.WriteHead(Type, CreateId(bronorganisatie), bronorganisatie);
        writer.WriteNumber("lastKlantnummer"u8, 0);
        writer.WriteNumber("klantCount"u8, 0);
        writer.WriteNumber("moveCount"u8, 0);
    });
}

/// <summary>How many klanten there are, and how many more are about to move in.</summary>
internal readonly record struct Counts(long Klanten, long Moves)
{
    public static Counts Parse(ReadOnlyMemory<byte> json) => new(JsonSlices.GetInt64(json, "klantCount"u8), JsonSlices.GetInt64(json, "moveCount"u8));

    public static Counts operator +(Counts left, Counts right) => new(left.Klanten + right.Klanten, left.Moves + right.Moves);
}
