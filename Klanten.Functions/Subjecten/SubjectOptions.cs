using System.ComponentModel.DataAnnotations;

namespace Klanten.Functions.Subjecten;

/// <summary>Section <c>Klanten:Subject</c>.</summary>
public sealed class SubjectOptions : IValidatableObject
{
    /// <summary>Hosts (name or address, without port) that may be fetched although they are inside the network.</summary>
    public IList<string> ToegestaneHosts { get; } = [];

    /// <summary>How long one subject may take, redirects included.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromMinutes(1))
            yield return new("Klanten:Subject:Timeout moet tussen 0 en 1 minuut liggen, bijvoorbeeld 00:00:05.");
    }
}
