namespace Klanten.Core.Ports;

/// <summary>The port for reading a whole store. It changes nothing, and works beside a program that serves.</summary>
public interface IKlantExport
{
    /// <summary>The number of klanten at this moment.</summary>
    ValueTask<long> CountAsync(CancellationToken cancellationToken);

    /// <summary>Reads all klanten, oldest first, a part at a time.</summary>
    /// <remarks>
    /// Each klant is as it is when its part is read. A klant that is added, removed or moved to another bronorganisatie meanwhile may
    /// or may not be among them.
    /// </remarks>
    IAsyncEnumerable<StoredKlant> ReadAllAsync(CancellationToken cancellationToken);
}
