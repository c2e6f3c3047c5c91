using System.ComponentModel.DataAnnotations;

namespace Klanten.Functions.Autorisaties;

/// <summary>Section <c>Klanten:Autorisaties</c>; without a Url only the applications of the configuration have scopes.</summary>
public sealed class AutorisatiesOptions : IValidatableObject
{
    /// <summary>Base URL of the Autorisaties API, such as https://autorisaties.gemeente.nl/api/v1/.</summary>
    public string? Url { get; set; }

    public string ClientId { get; set; } = "";
    public string Secret { get; set; } = "";

    /// <summary>How long an answer counts; it is asked anew, in the background, from halfway.</summary>
    public TimeSpan Levensduur { get; set; } = TimeSpan.FromMinutes(10);

    public bool Enabled => !string.IsNullOrEmpty(Url);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var mistake in OutgoingToken.Validate("Klanten:Autorisaties", Url, ClientId, Secret)) yield return mistake;
        if (Levensduur < TimeSpan.FromSeconds(1) || Levensduur > TimeSpan.FromDays(1))
            yield return new("Klanten:Autorisaties:Levensduur moet tussen 1 seconde en 1 dag liggen, bijvoorbeeld 00:10:00.");
    }
}
