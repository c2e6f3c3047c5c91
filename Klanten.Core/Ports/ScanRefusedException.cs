namespace Klanten.Core.Ports;

/// <summary>
/// The list asked for can only be found by going through very many klanten, and too many requests do so already. Requests for a
/// klant, for a key or for the whole list are not affected.
/// </summary>
/// <param name="retryAfter">The time to wait before another attempt.</param>
public sealed class ScanRefusedException(TimeSpan retryAfter) : Exception("Too many scans of the store are running and waiting.")
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
