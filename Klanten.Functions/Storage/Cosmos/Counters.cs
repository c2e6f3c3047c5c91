namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// The counters of one bronorganisatie, one document: the last klantnummer given out, the klanten there are, and the moves
/// into the partition that are under way. Raised on the server, so that nobody waits for anybody's ETag.
/// </summary>
internal static class Counters
{
    public const string Type = "teller";
    public const string NummerPath = "/nummer";
    public const string AantalPath = "/aantal";
    public const string VerhuizingenPath = "/verhuizingen";

    public static string IdOf(string bronorganisatie) => $"{Type}:{bronorganisatie}";

    public static ReadOnlyMemory<byte> New(string bronorganisatie) => JsonSlices.Object(writer =>
    {
        writer.WriteHead(Type, IdOf(bronorganisatie), bronorganisatie);
        writer.WriteNumber("nummer"u8, 0);
        writer.WriteNumber("aantal"u8, 0);
        writer.WriteNumber("verhuizingen"u8, 0);
    });
}

/// <summary>How many klanten there are, and how many more are about to move in.</summary>
internal readonly record struct Tally(long Klanten, long Verhuizingen)
{
    public static Tally Read(ReadOnlyMemory<byte> json) => new(JsonSlices.Number(json, "aantal"u8), JsonSlices.Number(json, "verhuizingen"u8));

    public static Tally operator +(Tally left, Tally right) => new(left.Klanten + right.Klanten, left.Verhuizingen + right.Verhuizingen);
}
