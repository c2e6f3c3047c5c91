using System.ComponentModel.DataAnnotations;
using Klanten.Functions.ExternalApis;
using Klanten.Functions.Settings;

namespace Klanten.Functions.Migration;

/// <summary>Section <c>Klanten:Importeren</c>: what the command <c>importeer</c> needs and must not be an argument.</summary>
public sealed class ImportOptions : IValidatableObject
{
    /// <summary>Key that signs the tokens for the source. Arguments of a command are shown to every user of the machine.</summary>
    public string Secret { get; set; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Secret.Length > 0 && !TokenSecret.IsLongEnough(Secret))
        {
            yield return new SettingMistake("Klanten:Importeren:Secret", TokenSecret.TooShort);
        }
    }
}
