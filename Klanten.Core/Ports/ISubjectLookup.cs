namespace Klanten.Core.Ports;

/// <summary>The port to the register of the subject of a klant (kla-002).</summary>
public interface ISubjectLookup
{
    /// <summary>Whether a GET of the URL ends in HTTP 200. The answer is false for a text that is not a URL.</summary>
    /// <param name="subject">The subject as the consumer sent it, trimmed and not empty.</param>
    /// <param name="cancellationToken">Cancels the wait for the answer.</param>
    /// <exception cref="StoreBusyException">Too many subjects are being looked up.</exception>
    Task<bool> ExistsAsync(string subject, CancellationToken cancellationToken);
}
