namespace Klanten.Core.Ports;

/// <summary>How much a store holds.</summary>
/// <param name="Klanten">All klanten.</param>
/// <param name="Bronorganisaties">The bronorganisaties that have at least one klant.</param>
public sealed record KlantCounts(long Klanten, long Bronorganisaties);

/// <summary>The port to the counts that a store keeps. Reading them goes through no klanten.</summary>
public interface IKlantCounts
{
    /// <summary>Reads the counts of this moment.</summary>
    ValueTask<KlantCounts> ReadCountsAsync(CancellationToken cancellationToken);
}
