using System.Collections.ObjectModel;
using Klanten.Core.Model;
using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Storage.Cosmos.Documents;

/// <summary>
/// The one definition of the container. The program creates it from here; <c>infra/cosmos-container.json</c> is printed from here.
/// </summary>
internal static class ContainerDefinition
{
    public const string PartitionKeyPath = "/bronorganisatie";

    /// <summary>
    /// kla-001, enforced by the database: unique within a partition. Every document needs a value, also one that is no klant
    /// (<see cref="KlantnummerOf"/>).
    /// </summary>
    public const string UniqueKeyPath = "/klantnummer";

    /// <summary>
    /// The object of a klant with the values that filters compare. An index path of its own for each value would add an entry for
    /// each of the other documents too, which have none of them (indexing policies, learn.microsoft.com); a wildcard does not.
    /// </summary>
    public const string FilterValues = "filters";

    /// <summary>The path in the document that each filter compares.</summary>
    public static IReadOnlyList<(FilterField Field, string Path)> FilterPaths { get; } =
    [
        (FilterFields.Bronorganisatie, PartitionKeyPath),
        (FilterFields.Klantnummer, UniqueKeyPath),
        (FilterFields.Bedrijfsnaam, Value("bedrijfsnaam")),
        (FilterFields.Functie, Value("functie")),
        (FilterFields.Achternaam, Value("achternaam")),
        (FilterFields.Telefoonnummer, Value("telefoonnummer")),
        (FilterFields.Emailadres, Value("emailadres")),
        (FilterFields.Straatnaam, Value("straatnaam")),
        (FilterFields.Postcode, Value("postcode")),
        (FilterFields.Woonplaatsnaam, Value("woonplaatsnaam")),
        (FilterFields.Landcode, Value("landcode")),
        (FilterFields.Subject, Value("subject")),
        (FilterFields.Type, Value("subjectType")),
        (FilterFields.InpBsn, Value("inpBsn")),
        (FilterFields.AnpIdentificatie, Value("anpIdentificatie")),
        (FilterFields.InpANummer, Value("inpANummer")),
        (FilterFields.InnNnpId, Value("innNnpId")),
        (FilterFields.AnnIdentificatie, Value("annIdentificatie")),
        (FilterFields.VestigingsNummer, Value("vestigingsNummer")),
    ];

    /// <summary>The name within <see cref="FilterValues"/> of each filter that has one.</summary>
    public static IReadOnlyList<(FilterField Field, string Name)> FilterNames { get; } =
    [
        .. from filter in FilterPaths
           where filter.Path.StartsWith(Value(""), StringComparison.Ordinal)
           select (filter.Field, filter.Path[Value("").Length..]),
    ];

    /// <summary>
    /// Every path that a query filters or sorts on. All others are excluded from the index, because each indexed path raises the
    /// request charge of every write. The partition key is not indexed by itself.
    /// </summary>
    public static IReadOnlyList<string> IndexedPaths { get; } = [.. OwnPaths.Select(path => path + "/?"), $"/{FilterValues}/*"];

    private static string[] OwnPaths =>
    [
        PartitionKeyPath, UniqueKeyPath, "/type", "/sortKey", "/klantId", "/previous", "/move/fromPartition", "/notBefore", "/waitingSince",
    ];

    /// <summary>
    /// The klantnummer of a document that is no klant, unless it has a better one: the unique key covers every document of the
    /// partition. It cannot equal a consumer's, which has at most 8 characters.
    /// </summary>
    public static string KlantnummerOf(string id) => "#" + id;

    public static ContainerProperties Properties(string name)
    {
        var properties = new ContainerProperties(name, PartitionKeyPath)
        {
            UniqueKeyPolicy = new() { UniqueKeys = { new UniqueKey { Paths = { UniqueKeyPath } } } },
            IndexingPolicy = new()
            {
                IndexingMode = IndexingMode.Consistent,
                Automatic = true,
                ExcludedPaths = { new ExcludedPath { Path = "/*" } },
            },
        };
        Add(properties.IndexingPolicy.IncludedPaths);
        return properties;
    }

    /// <summary>Creates the database and the container when they are missing. An existing container stays as it is.</summary>
    public static async Task CreateAsync(CosmosClient client, CosmosOptions options, CancellationToken cancellationToken)
    {
        var database = await client.CreateDatabaseIfNotExistsAsync(options.Database, cancellationToken: cancellationToken);
        await database.Database.CreateContainerIfNotExistsAsync(Properties(options.Container), cancellationToken: cancellationToken);
    }

    private static string Value(string name) => $"/{FilterValues}/{name}";

    private static void Add(Collection<IncludedPath> included)
    {
        foreach (var path in IndexedPaths) included.Add(new() { Path = path });
    }
}
