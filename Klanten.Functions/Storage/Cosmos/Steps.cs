namespace Klanten.Functions.Storage.Cosmos;

/// <summary>One step of a batch: all steps of a batch happen, or none does.</summary>
internal abstract record Step
{
    private Step() { }

    public sealed record Create(ReadOnlyMemory<byte> Document) : Step;

    public sealed record Upsert(ReadOnlyMemory<byte> Document) : Step;

    /// <summary>Refused when the document is gone or was changed since it had this ETag.</summary>
    public sealed record Replace(string Id, ReadOnlyMemory<byte> Document, string ETag) : Step;

    /// <summary>Refused when the document is gone or, with an ETag, was changed since.</summary>
    public sealed record Delete(string Id, string? ETag = null) : Step;

    /// <summary>
    /// Changes nothing but the ETag, and is refused when the document is gone or, with an ETag, was changed since: it ties
    /// the batch to it.
    /// </summary>
    public sealed record Guard(string Id, string? ETag = null) : Step;

    /// <summary>Adds to the counters of the partition, on the server; refused when there are none yet.</summary>
    public sealed record AddToCounts(long Klanten, long Moves) : Step;
}
