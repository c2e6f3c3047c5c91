using System.ComponentModel.DataAnnotations;
using Klanten.Core.Fields;
using Klanten.Core.Model;
using Klanten.Functions.ExternalApis;
using Klanten.Functions.Settings;

namespace Klanten.Functions.Autorisaties;

/// <summary>Section <c>Klanten</c>, key <c>Applicaties</c>: the applications that may call this API.</summary>
public sealed class ApplicationsOptions : IValidatableObject
{
    public IList<ApplicationOptions> Applicaties { get; } = [];

    /// <summary>Whether one of them speaks as Open Klant 1.x did.</summary>
    internal bool HasOpenKlant => Applicaties.Any(application => application.Dialect == DialectName.OpenKlant1);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < Applicaties.Count; i++)
        {
            var key = $"Klanten:Applicaties:{i}";
            foreach (var mistake in ClientIdMistakes(Applicaties[i], key, seen).Concat(Mistakes(Applicaties[i], key)))
            {
                yield return mistake;
            }
        }
    }

    /// <param name="application">The application.</param>
    /// <param name="key">Its key in the configuration.</param>
    /// <param name="seen">The client_ids of the applications before it, each with its key; receives its own.</param>
    private static IEnumerable<SettingMistake> ClientIdMistakes(ApplicationOptions application, string key, Dictionary<string, string> seen)
    {
        if (application.ClientIds.Count == 0)
        {
            yield return new($"{key}:ClientIds", SettingTexts.NoClientId);
        }
        for (var i = 0; i < application.ClientIds.Count; i++)
        {
            var clientId = application.ClientIds[i];
            if (string.IsNullOrWhiteSpace(clientId))
            {
                yield return new($"{key}:ClientIds:{i}", SettingTexts.Empty);
            }
            else if (clientId.Trim() != clientId)
            {
                yield return new($"{key}:ClientIds:{i}", SettingTexts.Spaces);
            }
            else if (!seen.TryAdd(clientId, $"{key}:ClientIds:{i}"))
            {
                yield return new($"{key}:ClientIds:{i}", SettingTexts.Twice.With(seen[clientId]));
            }
        }
    }

    private static IEnumerable<SettingMistake> Mistakes(ApplicationOptions application, string key)
    {
        if (!TokenSecret.IsLongEnough(application.Secret))
        {
            yield return new($"{key}:Secret", TokenSecret.TooShort);
        }
        if (application.Uuid.Length > 0 && !Guid.TryParseExact(application.Uuid, "D", out _))
        {
            yield return new($"{key}:Uuid", SettingTexts.NoUuid);
        }
        if (application.Label.Length > AuditText.MaxApplicatieWeergave)
        {
            yield return new($"{key}:Label", SettingTexts.TooLong.With(AuditText.MaxApplicatieWeergave));
        }
        if (!StandardScopes.Components.Contains(application.Component))
        {
            yield return new($"{key}:Component", SettingTexts.OneOf.With(string.Join(", ", StandardScopes.Components)));
        }
        if (application.Bronorganisatie.Length > 0 && Rules.Elfproef(application.Bronorganisatie) is not null)
        {
            yield return new($"{key}:Bronorganisatie", SettingTexts.NoRsin);
        }
        else if (application.Bronorganisatie.Length > 0 && application.Dialect != DialectName.OpenKlant1)
        {
            yield return new(
                $"{key}:Dialect", SettingTexts.DialectOfBronorganisatie.With(nameof(DialectName.OpenKlant1), $"{key}:Bronorganisatie"));
        }
        for (var i = 0; i < application.Scopes.Count; i++)
        {
            if (StandardScopes.FindMistake(application.Scopes[i]) is { } mistake)
            {
                yield return new($"{key}:Scopes:{i}", mistake);
            }
        }
    }
}

/// <summary>The dialects that an application may speak (<see cref="Dialect"/>).</summary>
public enum DialectName
{
    /// <summary>The Klanten API 1.0.0.</summary>
    Standaard,

    /// <summary>Open Klant 1.x, for clients that were written for it or for the e-Suite.</summary>
    OpenKlant1,
}

/// <summary>One application. With only ClientIds and Secret it is a credential: its scopes come from the Autorisaties API.</summary>
public sealed class ApplicationOptions
{
    public IList<string> ClientIds { get; } = [];

    /// <summary>Key that signs the tokens of all its client_ids.</summary>
    public string Secret { get; set; } = "";

    /// <summary>applicatieId in audit trails.</summary>
    public string Uuid { get; set; } = "";

    /// <summary>applicatieWeergave in audit trails.</summary>
    public string Label { get; set; } = "";

    /// <summary>The component of <see cref="Scopes"/>; scopes for another component are ignored.</summary>
    public string Component { get; set; } = Applicatie.KlantenComponent;

    public IList<string> Scopes { get; } = [];

    /// <summary>How it speaks about klanten.</summary>
    public DialectName Dialect { get; set; }

    /// <summary>In <see cref="DialectName.OpenKlant1"/>: the bronorganisatie of a new klant whose body names none.</summary>
    public string Bronorganisatie { get; set; } = "";

    /// <summary>True when it may do everything.</summary>
    public bool HeeftAlleAutorisaties { get; set; }
}
