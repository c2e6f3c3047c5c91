using System.ComponentModel.DataAnnotations;
using System.Text;

namespace Klanten.Functions.Autorisaties;

/// <summary>Section <c>Klanten</c>, key <c>Applicaties</c>: the applications known here.</summary>
public sealed class ApplicationsOptions : IValidatableObject
{
    public IList<ApplicationOptions> Applicaties { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Applicaties.Count; i++)
        {
            var (applicatie, key) = (Applicaties[i], $"Klanten:Applicaties:{i}");
            if (applicatie.ClientIds.Count == 0 || applicatie.ClientIds.Any(string.IsNullOrEmpty))
                yield return new($"{key}:ClientIds moet minstens één client_id bevatten, en geen lege.");
            foreach (var clientId in applicatie.ClientIds.Where(c => !seen.Add(c)))
                yield return new($"{key}:ClientIds bevat '{clientId}', dat al bij een andere applicatie staat.");
            if (Encoding.UTF8.GetByteCount(applicatie.Secret) < ApplicationOptions.ShortestSecret)
                yield return new($"{key}:Secret moet minstens {ApplicationOptions.ShortestSecret} bytes lang zijn.");
            if (applicatie.Uuid.Length > 100) yield return new($"{key}:Uuid mag hooguit 100 tekens lang zijn.");
            if (applicatie.Label.Length > 200) yield return new($"{key}:Label mag hooguit 200 tekens lang zijn.");
        }
    }
}

/// <summary>One application. With only ClientIds and Secret it is a credential: its scopes come from the Autorisaties API.</summary>
public sealed class ApplicationOptions
{
    /// <summary>Bytes; HS256 asks for a key as long as its hash (RFC 7518, 3.2).</summary>
    public const int ShortestSecret = 32;

    public IList<string> ClientIds { get; } = [];

    /// <summary>Key of the tokens of all its client_ids.</summary>
    public string Secret { get; set; } = "";

    /// <summary>applicatieId in audit trails.</summary>
    public string Uuid { get; set; } = "";

    /// <summary>applicatieWeergave in audit trails.</summary>
    public string Label { get; set; } = "";

    /// <summary>The component that <see cref="Scopes"/> are for; those of another component count for nothing here.</summary>
    public string Component { get; set; } = Applicatie.KlantenComponent;

    public IList<string> Scopes { get; } = [];

    /// <summary>Whether it may do everything.</summary>
    public bool HeeftAlleAutorisaties { get; set; }
}
