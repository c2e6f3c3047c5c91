using System.ComponentModel.DataAnnotations;
using Klanten.Functions.Settings;

namespace Klanten.Functions.ExternalApis;

/// <summary>A section that names another API, and the credential of this program there.</summary>
public abstract class ExternalApiOptions : IValidatableObject
{
    /// <summary>Base URL, such as https://autorisaties.gemeente.nl/api/v1/; null or empty when the API is not used.</summary>
    public string? Url { get; set; }

    public string ClientId { get; set; } = "";

    /// <summary>Key that signs the tokens of this program.</summary>
    public string Secret { get; set; } = "";

    public bool Enabled => !string.IsNullOrEmpty(Url);

    /// <summary>Relative paths are resolved against it, so it ends in a slash.</summary>
    internal Uri? BaseAddress => Url is { Length: > 0 } url ? new(url.EndsWith('/') ? url : url + "/") : null;

    /// <summary>Path of the section in the configuration.</summary>
    internal abstract string Section { get; }

    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Enabled)
        {
            // An empty Url turns the API off on purpose; a section without one is a mistake.
            if (Url is null && ClientId.Length + Secret.Length > 0)
            {
                yield return new SettingMistake($"{Section}:Url", SettingTexts.UrlMissing);
            }
            yield break;
        }
        if (!Addresses.IsBaseUrl(Url!))
        {
            yield return new SettingMistake($"{Section}:Url", SettingTexts.NoBaseUrl);
        }
        if (string.IsNullOrWhiteSpace(ClientId))
        {
            yield return new SettingMistake($"{Section}:ClientId", SettingTexts.Empty);
        }
        if (!TokenSecret.IsLongEnough(Secret))
        {
            yield return new SettingMistake($"{Section}:Secret", TokenSecret.TooShort);
        }
    }
}
