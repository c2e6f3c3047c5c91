using Klanten.Core.Ports;

namespace Klanten.Functions.Storage.Sqlite;

/// <summary>The version of a klant in the embedded store: the number of times it was written.</summary>
internal sealed record SqliteVersion : StoreVersion
{
    /// <summary>Most klanten are written a few times only: a read of those allocates no version.</summary>
    private static readonly SqliteVersion[] Shared = [.. Enumerable.Range(0, 64).Select(number => new SqliteVersion(number))];

    private SqliteVersion(long number) => Number = number;

    public long Number { get; }

    public static SqliteVersion Create(long number) => (ulong)number < (ulong)Shared.Length ? Shared[number] : new(number);

    public static SqliteVersion From(StoreVersion version) =>
        version as SqliteVersion ?? throw new ArgumentException("The klant was not read from this store.", nameof(version));
}
