using Klanten.Functions.Settings;
using Microsoft.Extensions.Options;

namespace Klanten.Functions.Autorisaties;

/// <summary>Names the applications of the configuration that every operation refuses.</summary>
internal sealed class ApplicationRemarks(IOptions<ApplicationsOptions> applications, IOptions<AutorisatiesOptions> autorisaties)
    : ISettingsRemarks
{
    public IEnumerable<Sentence> Remarks()
    {
        var all = applications.Value.Applicaties;
        if (all.Count == 0)
        {
            yield return SettingTexts.Keyed.With("Klanten:Applicaties", SettingTexts.NoApplications);
        }
        for (var i = 0; i < all.Count; i++)
        {
            if (Remark(all[i]) is { } remark)
            {
                yield return SettingTexts.Keyed.With($"Klanten:Applicaties:{i}", remark);
            }
        }
    }

    /// <summary>Null when the application may do something, or when the Autorisaties API decides.</summary>
    private Sentence? Remark(ApplicationOptions application)
    {
        if (application.HeeftAlleAutorisaties)
        {
            return null;
        }
        if (application.Scopes.Count == 0)
        {
            return autorisaties.Value.Enabled ? null : SettingTexts.NoScopes;
        }
        if (application.Component != Applicatie.KlantenComponent)
        {
            return SettingTexts.ScopesOfAnother.With(Applicatie.KlantenComponent);
        }
        var useless = application.Scopes.Where(scope => !StandardScopes.OfKlanten.Contains(scope)).ToArray();
        return useless.Length == 0 ? null : SettingTexts.UselessScopes.With(string.Join(", ", useless));
    }
}
