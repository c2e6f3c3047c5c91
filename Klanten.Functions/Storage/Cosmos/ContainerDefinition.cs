using System.Collections.ObjectModel;
using Klanten.Core.Model;
using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>
/// The one definition of the container. The program creates it from here; <c>infra/cosmos-container.json</c> is printed from here.
/// </summary>
internal static class ContainerDefinition
{
    public const string PartitionKeyPath = "/bronorganisatie";

    /// <summary>
    /// kla-001, enforced by the database: unique within a partition. Every document needs a value, see
    /// <see cref="JsonSlices.WriteHead"/>.
    /// </summary>
    public const string UniqueKeyPath = "/klantnummer";

    /// <summary>
    /// The path in the document that each filter compares. Bronorganisatie has none, because it is the partition key; klantnummer
    /// is the unique key.
    /// </summary>
    public static IReadOnlyList<(FilterField Field, string Path)> FilterPaths { get; } =
    [
        (FilterFields.Klantnummer, "/klantnummer"),
        (FilterFields.Bedrijfsnaam, "/klant/bedrijfsnaam"),
        (FilterFields.Functie, "/klant/functie"),
        (FilterFields.Achternaam, "/klant/achternaam"),
        (FilterFields.Telefoonnummer, "/klant/telefoonnummer"),
        (FilterFields.Emailadres, "/klant/emailadres"),
        (FilterFields.Straatnaam, "/klant/adres/straatnaam"),
        (FilterFields.Postcode, "/klant/adres/postcode"),
        (FilterFields.Woonplaatsnaam, "/klant/adres/woonplaatsnaam"),
        (FilterFields.Landcode, "/klant/adres/landcode"),
        (FilterFields.Subject, "/klant/subject"),
        (FilterFields.Type, "/klant/subjectType"),
        (FilterFields.InpBsn, "/klant/subjectIdentificatie/inpBsn"),
        (FilterFields.AnpIdentificatie, "/klant/subjectIdentificatie/anpIdentificatie"),
        (FilterFields.InpANummer, "/klant/subjectIdentificatie/inpANummer"),
        (FilterFields.InnNnpId, "/klant/subjectIdentificatie/innNnpId"),
        (FilterFields.AnnIdentificatie, "/klant/subjectIdentificatie/annIdentificatie"),
        (FilterFields.VestigingsNummer, "/klant/subjectIdentificatie/vestigingsNummer"),
    ];

    /// <summary>
    /// Every path that a query filters or sorts on. All others are excluded from the index, because each indexed path raises the
    /// request charge of every write.
    /// </summary>
    public static IReadOnlyList<string> IndexedPaths { get; } =
        [.. OwnPaths.Concat(FilterPaths.Select(f => f.Path)).Select(path => path + "/?")];

    private static string[] OwnPaths => ["/type", "/sortKey", "/klantId", "/move/fromPartition", "/notBefore", "/waitingSince"];

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

    private static void Add(Collection<IncludedPath> included)
    {
        foreach (var path in IndexedPaths) included.Add(new() { Path = path });
    }
}
