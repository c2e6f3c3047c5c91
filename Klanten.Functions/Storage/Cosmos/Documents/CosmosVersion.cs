using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Cosmos.Documents;

/// <summary>
/// The version of a klant in Cosmos DB: the ETag of its document, and the fields of the document that the next write
/// needs, which saves that write a read.
/// </summary>
internal sealed record CosmosVersion(
    long AuditCount, Guid LastEntry, string SortKey, string Bronorganisatie, string? TrailStillIn, bool HasMoved, string ETag)
    : StoreVersion
{
    public static CosmosVersion From(StoreVersion version) =>
        version as CosmosVersion ?? throw new ArgumentException("The klant was not read from this store.", nameof(version));
}
