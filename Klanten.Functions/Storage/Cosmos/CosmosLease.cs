using Klanten.Core.Ports;
using Klanten.Functions.Storage.Cosmos.Documents;

namespace Klanten.Functions.Storage.Cosmos;

/// <summary>A lease on an entry of the outbox: which document it is, and the ETag that the document has while the lease is ours.</summary>
internal sealed record CosmosLease(string Bronorganisatie, Guid Commit, long Number, bool HasMoved, string ETag) : OutboxLease
{
    public static CosmosLease From(OutboxLease lease) =>
        lease as CosmosLease ?? throw new ArgumentException("The entry was not leased from this store.", nameof(lease));

    /// <summary>The document of the entry; <paramref name="notBefore"/> is null when the entry is parked.</summary>
    public OutboxDocument Document(OutboxEntry entry, DateTimeOffset? notBefore) =>
        OutboxDocument.Create(entry.Notificatie, Bronorganisatie, Commit, Number, HasMoved) with
        {
            Attempts = entry.Attempts,
            NotBefore = notBefore,
            ETag = ETag,
        };
}
