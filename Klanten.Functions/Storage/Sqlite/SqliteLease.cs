using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>A lease on a row of the outbox.</summary>
/// <param name="Sequence">The key of the row.</param>
/// <param name="Until">When the lease ends, in microseconds since 1970; another value in the row means that the lease was lost.</param>
internal sealed record SqliteLease(long Sequence, long Until) : OutboxLease
{
    public static SqliteLease From(OutboxLease lease) =>
        lease as SqliteLease ?? throw new ArgumentException("The entry was not leased from this store.", nameof(lease));
}
