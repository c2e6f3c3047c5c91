using Klanten.Core.Model;
using Klanten.Functions.Storage.Cosmos.Documents;

namespace Klanten.Functions.Storage.Cosmos.Requests;

/// <summary>One step of a transactional batch: all steps of a batch are carried out, or none is.</summary>
internal abstract record Step
{
    private Step() { }

    public sealed record Create(ReadOnlyMemory<byte> Document) : Step;

    public sealed record Upsert(ReadOnlyMemory<byte> Document) : Step;

    /// <summary>Refused when the document no longer exists or no longer has this ETag.</summary>
    public sealed record Replace(string Id, ReadOnlyMemory<byte> Document, string ETag) : Step;

    /// <summary>Refused when the document no longer exists or, if an ETag is given, no longer has it.</summary>
    public sealed record Delete(string Id, string? ETag = null) : Step;

    /// <summary>
    /// Makes the batch depend on a document: refused when the document no longer exists or, if an ETag is given, no longer has
    /// it. Changes nothing in the document but its ETag.
    /// </summary>
    public sealed record Guard(string Id, string? ETag = null) : Step;

    /// <summary>Adds to one shard of the counters of the partition, on the server; refused when that shard does not exist yet.</summary>
    public sealed record AddToCounts(int Shard, long Klanten, long Moves) : Step
    {
        public AddToCounts(KlantId klant, long klanten, long moves)
            : this(Counters.ShardOf(klant), klanten, moves)
        {
        }
    }
}
