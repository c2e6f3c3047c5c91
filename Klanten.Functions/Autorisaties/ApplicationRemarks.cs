using Klanten.Functions.Settings;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Autorisaties;

/// <summary>Names the applications of the configuration that every operation refuses.</summary>
internal sealed class ApplicationRemarks(IOptions<ApplicationsOptions> applications, IOptions<AutorisatiesOptions> autorisaties)
    : ISettingsRemarks
{
    public IEnumerable<string> Remarks()
    {
        var all = applications.Value.Applicaties;
        if (all.Count == 0)
        {
            yield return "Klanten:Applicaties is leeg, dus elk verzoek wordt geweigerd.";
        }
        for (var i = 0; i < all.Count; i++)
        {
            if (Remark(all[i]) is { } remark)
            {
                yield return $"Klanten:Applicaties:{i} {remark}";
            }
        }
    }

    /// <summary>Null when the application may do something, or when the Autorisaties API decides.</summary>
    private string? Remark(ApplicationOptions application)
    {
        if (application.HeeftAlleAutorisaties)
        {
            return null;
        }
        if (application.Scopes.Count == 0)
        {
            return autorisaties.Value.Enabled ? null : "heeft geen scopes en er is geen Autorisaties API, dus deze mag niets.";
        }
        if (application.Component != Applicatie.KlantenComponent)
        {
            return $"heeft scopes voor een andere component dan {Applicatie.KlantenComponent}, dus deze mag hier niets.";
        }
        var useless = application.Scopes.Where(scope => !StandardScopes.OfKlanten.Contains(scope)).ToArray();
        return useless.Length == 0 ? null : $"heeft scopes die hier niets toestaan: {string.Join(", ", useless)}.";
    }
}
