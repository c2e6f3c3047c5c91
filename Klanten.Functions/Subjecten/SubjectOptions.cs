using System.ComponentModel.DataAnnotations;
using Klanten.Functions.ExternalApis;

namespace Klanten.Functions.Subjecten;

/// <summary>Section <c>Klanten:Subject</c>.</summary>
public sealed class SubjectOptions : IValidatableObject
{
    private const string InvalidHost = "moet de naam of het adres van een host zijn, zonder poort.";

    /// <summary>Hosts (name or address, without port) inside the network that may be connected to.</summary>
    public IList<string> ToegestaneHosts { get; } = [];

    /// <summary>Timeout of one look-up, redirects included.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The hosts that require a token, as most registers in this field do.</summary>
    public IList<SubjectCredential> Credentials { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromMinutes(1))
        {
            yield return new("Klanten:Subject:Timeout moet tussen 0 en 1 minuut liggen, bijvoorbeeld 00:00:05.");
        }
        for (var i = 0; i < ToegestaneHosts.Count; i++)
        {
            if (!HostNames.IsValid(ToegestaneHosts[i]))
            {
                yield return new($"Klanten:Subject:ToegestaneHosts:{i} {InvalidHost}");
            }
        }
        for (var i = 0; i < Credentials.Count; i++)
        {
            foreach (var error in Validate(i))
            {
                yield return error;
            }
        }
    }

    /// <param name="index">Position of the credential.</param>
    private IEnumerable<ValidationResult> Validate(int index)
    {
        var credential = Credentials[index];
        var key = $"Klanten:Subject:Credentials:{index}";
        if (!HostNames.IsValid(credential.Host))
        {
            yield return new($"{key}:Host {InvalidHost}");
        }
        if (Credentials.Take(index).Any(c => HostNames.Comparer.Equals(c.Host, credential.Host)))
        {
            yield return new($"{key}:Host staat er al.");
        }
        if (credential.ClientId.Length == 0)
        {
            yield return new($"{key}:ClientId mag niet leeg zijn.");
        }
        if (!TokenSecret.IsLongEnough(credential.Secret))
        {
            yield return new($"{key}:Secret {TokenSecret.TooShort}");
        }
    }
}

/// <summary>The credential of this program at one host.</summary>
public sealed class SubjectCredential
{
    /// <summary>Name or address, without port.</summary>
    public string Host { get; set; } = "";

    public string ClientId { get; set; } = "";

    /// <summary>Key that signs the tokens for this host.</summary>
    public string Secret { get; set; } = "";
}
