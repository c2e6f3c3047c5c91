using System.ComponentModel.DataAnnotations;
using Klanten.Functions.ExternalApis;
using Klanten.Functions.Settings;

namespace Klanten.Functions.Autorisaties;

/// <summary>Section <c>Klanten:Autorisaties</c>; without a Url only the applications of the configuration have scopes.</summary>
public sealed class AutorisatiesOptions : ExternalApiOptions
{
    /// <summary>How long an answer is used; from half of it on it is refreshed in the background.</summary>
    public TimeSpan Levensduur { get; set; } = TimeSpan.FromMinutes(10);

    internal override string Section => "Klanten:Autorisaties";

    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var error in base.Validate(validationContext))
        {
            yield return error;
        }
        if (Levensduur < TimeSpan.FromSeconds(1) || Levensduur > TimeSpan.FromDays(1))
        {
            yield return new SettingMistake("Klanten:Autorisaties:Levensduur", SettingTexts.UpToADay);
        }
    }
}
