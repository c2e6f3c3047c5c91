using System.ComponentModel.DataAnnotations;
using Klanten.Functions.ExternalApis;
using Klanten.Functions.Settings;

namespace Klanten.Functions.Subjecten;

/// <summary>Section <c>Klanten:Subject</c>.</summary>
public sealed class SubjectOptions : IValidatableObject
{
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
            yield return new SettingMistake("Klanten:Subject:Timeout", SettingTexts.UpToAMinute.With("00:00:05"));
        }
        for (var i = 0; i < ToegestaneHosts.Count; i++)
        {
            if (!Addresses.IsHost(ToegestaneHosts[i]))
            {
                yield return new SettingMistake($"Klanten:Subject:ToegestaneHosts:{i}", SettingTexts.NoHost);
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
        if (SubjectHost.Parse(credential.Host) is not { } host)
        {
            yield return new SettingMistake($"{key}:Host", SettingTexts.NoHostWithPort);
        }
        else if (Credentials.Take(index).Any(c => SubjectHost.Parse(c.Host) is { } other && IsSame(host, other)))
        {
            yield return new SettingMistake($"{key}:Host", SettingTexts.AlreadyThere);
        }
        if (string.IsNullOrWhiteSpace(credential.ClientId))
        {
            yield return new SettingMistake($"{key}:ClientId", SettingTexts.Empty);
        }
        if (!TokenSecret.IsLongEnough(credential.Secret))
        {
            yield return new SettingMistake($"{key}:Secret", TokenSecret.TooShort);
        }
    }

    private static bool IsSame(SubjectHost a, SubjectHost b) => HostNames.Comparer.Equals(a.Name, b.Name) && a.Port == b.Port;
}

/// <summary>The credential of this program at one host.</summary>
public sealed class SubjectCredential
{
    /// <summary>Name or address, with a port unless it is the default port of the scheme.</summary>
    public string Host { get; set; } = "";

    public string ClientId { get; set; } = "";

    /// <summary>Key that signs the tokens for this host.</summary>
    public string Secret { get; set; } = "";
}
