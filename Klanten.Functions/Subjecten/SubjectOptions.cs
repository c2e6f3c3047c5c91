using System.ComponentModel.DataAnnotations;
using System.Text;
using Klanten.Functions.Autorisaties;

namespace Klanten.Functions.Subjecten;

/// <summary>Section <c>Klanten:Subject</c>.</summary>
public sealed class SubjectOptions : IValidatableObject
{
    /// <summary>Hosts (name or address, without port) that may be fetched although they are inside the network.</summary>
    public IList<string> ToegestaneHosts { get; } = [];

    /// <summary>How long one subject may take, redirects included.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Hosts that want a token: registers in this field mostly do.</summary>
    public IList<SubjectCredential> Credentials { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Timeout <= TimeSpan.Zero || Timeout > TimeSpan.FromMinutes(1))
            yield return new("Klanten:Subject:Timeout moet tussen 0 en 1 minuut liggen, bijvoorbeeld 00:00:05.");
        for (var i = 0; i < ToegestaneHosts.Count; i++)
            if (!HostNames.IsValid(ToegestaneHosts[i])) yield return new($"Klanten:Subject:ToegestaneHosts:{i} moet de naam of het adres van een host zijn, zonder poort.");
        for (var i = 0; i < Credentials.Count; i++)
        {
            var (credential, key) = (Credentials[i], $"Klanten:Subject:Credentials:{i}");
            if (!HostNames.IsValid(credential.Host)) yield return new($"{key}:Host moet de naam of het adres van een host zijn, zonder poort.");
            if (Credentials.Take(i).Any(c => HostNames.Comparer.Equals(c.Host, credential.Host))) yield return new($"{key}:Host staat er al.");
            if (credential.ClientId.Length == 0) yield return new($"{key}:ClientId mag niet leeg zijn.");
            if (Encoding.UTF8.GetByteCount(credential.Secret) < ApplicationOptions.ShortestSecret)
                yield return new($"{key}:Secret moet minstens {ApplicationOptions.ShortestSecret} bytes lang zijn.");
        }
    }
}

/// <summary>What to show one host.</summary>
public sealed class SubjectCredential
{
    /// <summary>Name or address, without port.</summary>
    public string Host { get; set; } = "";

    public string ClientId { get; set; } = "";
    public string Secret { get; set; } = "";
}
