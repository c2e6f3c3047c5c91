using System.ComponentModel.DataAnnotations;
using Klanten.Functions.Autorisaties;

namespace Klanten.Functions.Notificaties;

/// <summary>Section <c>Klanten:Notificaties</c>; without a Url nothing is published and nothing is kept to be published.</summary>
public sealed class NotificatiesOptions : IValidatableObject
{
    /// <summary>Base URL of the Notificaties API, such as https://notificaties.gemeente.nl/api/v1/.</summary>
    public string? Url { get; set; }

    public string ClientId { get; set; } = "";
    public string Secret { get; set; } = "";

    public bool Enabled => !string.IsNullOrEmpty(Url);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        OutgoingToken.Validate("Klanten:Notificaties", Url, ClientId, Secret);
}
