using System.ComponentModel.DataAnnotations;
using Klanten.Functions.ExternalApis;

namespace Klanten.Functions.Autorisaties;

/// <summary>Section <c>Klanten</c>, key <c>Applicaties</c>: the applications that may call this API.</summary>
public sealed class ApplicationsOptions : IValidatableObject
{
    public IList<ApplicationOptions> Applicaties { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Applicaties.Count; i++)
        {
            var key = $"Klanten:Applicaties:{i}";
            foreach (var error in Validate(Applicaties[i], key, seen))
            {
                yield return error;
            }
        }
    }

    /// <param name="application">The application.</param>
    /// <param name="key">Its key in the configuration.</param>
    /// <param name="seen">The client_ids of the applications before it; receives its own.</param>
    private static IEnumerable<ValidationResult> Validate(ApplicationOptions application, string key, HashSet<string> seen)
    {
        if (application.ClientIds.Count == 0 || application.ClientIds.Any(string.IsNullOrEmpty))
        {
            yield return new($"{key}:ClientIds moet minstens één client_id bevatten, en geen lege.");
        }
        foreach (var clientId in application.ClientIds.Where(c => !seen.Add(c)))
        {
            yield return new($"{key}:ClientIds bevat '{clientId}', dat al bij een andere applicatie staat.");
        }
        if (!TokenSecret.IsLongEnough(application.Secret))
        {
            yield return new($"{key}:Secret {TokenSecret.TooShort}");
        }
        if (application.Uuid.Length > AuditText.MaxApplicatieId)
        {
            yield return new($"{key}:Uuid mag hooguit {AuditText.MaxApplicatieId} tekens lang zijn.");
        }
        if (application.Label.Length > AuditText.MaxApplicatieWeergave)
        {
            yield return new($"{key}:Label mag hooguit {AuditText.MaxApplicatieWeergave} tekens lang zijn.");
        }
    }
}

/// <summary>One application. With only ClientIds and Secret it is a credential: its scopes come from the Autorisaties API.</summary>
public sealed class ApplicationOptions
{
    public IList<string> ClientIds { get; } = [];

    /// <summary>Key that signs the tokens of all its client_ids.</summary>
    public string Secret { get; set; } = "";

    /// <summary>applicatieId in audit trails.</summary>
    public string Uuid { get; set; } = "";

    /// <summary>applicatieWeergave in audit trails.</summary>
    public string Label { get; set; } = "";

    /// <summary>The component of <see cref="Scopes"/>; scopes for another component are ignored.</summary>
    public string Component { get; set; } = Applicatie.KlantenComponent;

    public IList<string> Scopes { get; } = [];

    /// <summary>True when it may do everything.</summary>
    public bool HeeftAlleAutorisaties { get; set; }
}
