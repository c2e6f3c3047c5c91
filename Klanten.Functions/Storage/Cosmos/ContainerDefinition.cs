using System.Collections.ObjectModel;
using Klanten.Core.Model;
using Microsoft.Azure.Cosmos;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>The one description of the container: what the program makes, and what infra/ must make too.</summary>
internal static class ContainerDefinition
{
    public const string PartitionKeyPath = "/bronorganisatie";

    /// <summary>kla-001, kept by the database: unique within a partition. Documents that are no klant have a number of their own.</summary>
    public const string UniqueKeyPath = "/klantnummer";

    /// <summary>
    /// Where each filter looks. Bronorganisatie is the partition and needs no path; klantnummer is the unique key itself.
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

    /// <summary>Every path that a query filters or sorts on. The rest is excluded: each indexed path makes each write dearer.</summary>
    public static IReadOnlyList<string> IndexedPaths { get; } =
        [.. new[] { "/type", "/sortKey", "/klantId", "/move/fromPartition", "/notBefore", "/waitingSince" }.Concat(FilterPaths.Select(f => f.Path)).Select(path => path + "/?")];

    public static ContainerProperties Properties(string name)
    {
        var properties = new ContainerProperties(name, PartitionKeyPath)
        {
            UniqueKeyPolicy = new() { UniqueKeys = { new UniqueKey { Paths = { UniqueKeyPath } } } },
            IndexingPolicy = new() { IndexingMode = IndexingMode.Consistent, Automatic = true, ExcludedPaths = { new ExcludedPath { Path = "/*" } } },
        };
        Add(properties.IndexingPolicy.IncludedPaths);
        return properties;
    }

    /// <summary>Makes the database and the container when they are missing; leaves them alone otherwise.</summary>
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
