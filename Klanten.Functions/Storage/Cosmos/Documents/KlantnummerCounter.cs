namespace Klanten.Functions.Storage.Cosmos.Documents;

/// <summary>
/// The counter of one bronorganisatie: the last number that was given to an instance. It is a document of its own, so that
/// creates that need a number do not wait for those that only add to <see cref="Counters"/>.
/// </summary>
internal static class KlantnummerCounter
{
    public const string Type = "klantnummers";
    public const string LastPath = "/last";

    public static string CreateId(string bronorganisatie) => $"{Type}:{bronorganisatie}";

    public static ReadOnlyMemory<byte> Create(string bronorganisatie, long last) => JsonSlices.CreateObject(writer =>
    {
        writer.WriteHead(Type, CreateId(bronorganisatie), bronorganisatie);
        writer.WriteNumber("last"u8, last);
    });

    public static long ParseLast(ReadOnlyMemory<byte> json) => JsonSlices.GetInt64(json, "last"u8);
}
