namespace Klanten.Core.UseCases;

/// <summary>The port to whatever a klant's subject points to (kla-002).</summary>
public interface ISubjectLookup
{
    /// <summary>Whether a GET of the URL ends in HTTP 200. A text that is no URL does not.</summary>
    Task<bool> ExistsAsync(string subject, CancellationToken cancellationToken);
}
