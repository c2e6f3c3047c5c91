using System.Text.Json.Serialization;

namespace Klanten.Functions.Storage.Cosmos.Documents;

/// <summary>
/// The counter of one bronorganisatie: the last number that was given to an instance. It is a document of its own, so that
/// creates that need a number do not wait for those that only add to <see cref="Counters"/>.
/// </summary>
/// <param name="Bronorganisatie">The partition.</param>
/// <param name="Last">The number.</param>
internal sealed record KlantnummerCounter(string Bronorganisatie, long Last)
{
    private const string CounterType = "klantnummers";

    public const string LastPath = "/last";

    public string Id => CreateId(Bronorganisatie);

    public string Klantnummer => ContainerDefinition.KlantnummerOf(Id);

    public string Type { get; } = CounterType;

    [JsonPropertyName("_etag")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWriting)]
    public string ETag { get; init; } = "";

    public static string CreateId(string bronorganisatie) => $"{CounterType}:{bronorganisatie}";

    public ReadOnlyMemory<byte> ToJson() => DocumentJson.Write(this, DocumentJson.Default.KlantnummerCounter);

    public static KlantnummerCounter Parse(ReadOnlyMemory<byte> json) => DocumentJson.Read(json, DocumentJson.Default.KlantnummerCounter);
}
