using System.ComponentModel.DataAnnotations;
using Klanten.Functions.Settings;

namespace Klanten.Functions.Autorisaties;

/// <summary>Section <c>Klanten:Tokens</c>: the tokens of consumers (ADR 26).</summary>
public sealed class TokenOptions : IValidatableObject
{
    /// <summary>The reference accepts a token that was issued a thousand days ago, so the default is longer than that.</summary>
    private static readonly TimeSpan DefaultMaxAge = TimeSpan.FromDays(3 * 365);

    /// <summary>
    /// How long a token without exp counts, from its iat; 1 minute to 10 years. When it is not set, that is three years, and a
    /// token without exp and iat counts too. When it is set, such a token is refused.
    /// </summary>
    public TimeSpan? MaximaleLeeftijd { get; set; }

    internal TimeSpan MaxAge => MaximaleLeeftijd ?? DefaultMaxAge;

    internal bool RequiresTime => MaximaleLeeftijd is not null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (MaximaleLeeftijd < TimeSpan.FromMinutes(1) || MaximaleLeeftijd > TimeSpan.FromDays(3650))
        {
            yield return new SettingMistake("Klanten:Tokens:MaximaleLeeftijd", SettingTexts.UpToTenYears);
        }
    }
}
