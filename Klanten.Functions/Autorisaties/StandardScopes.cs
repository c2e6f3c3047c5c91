using System.Collections.Frozen;
using Klanten.Functions.Settings;

namespace Klanten.Functions.Autorisaties;

/// <summary>The components and the scopes of the APIs of the standard, so that a misspelled one can be told from one that exists.</summary>
internal static class StandardScopes
{
    /// <summary>Abbreviations, as the Autorisaties API has them.</summary>
    public static readonly IReadOnlyList<string> Components = ["ac", "nrc", "zrc", "ztc", "drc", "brc", "cmc", "kc", "vrc"];

    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet(
    [
        Scopes.AuditTrailsLezen, Scopes.KlantenLezen, Scopes.KlantenAanmaken, Scopes.KlantenBijwerken, Scopes.KlantenVerwijderen,
        "autorisaties.bijwerken", "autorisaties.credentials-registreren", "autorisaties.lezen", "besluiten.aanmaken",
        "besluiten.bijwerken", "besluiten.lezen", "besluiten.verwijderen",
        "catalogi.geforceerd-schrijven", "catalogi.geforceerd-verwijderen", "catalogi.lezen", "catalogi.schrijven",
        "contactmomenten.aanmaken", "contactmomenten.bijwerken", "contactmomenten.lezen", "contactmomenten.verwijderen",
        "documenten.aanmaken", "documenten.bijwerken", "documenten.geforceerd-bijwerken", "documenten.geforceerd-unlock",
        "documenten.lezen", "documenten.lock", "documenten.verwijderen",
        "notificaties.consumeren", "notificaties.publiceren", "verzoeken.aanmaken", "verzoeken.bijwerken", "verzoeken.lezen",
        "verzoeken.verwijderen", "zaken.aanmaken", "zaken.bijwerken", "zaken.geforceerd-bijwerken", "zaken.heropenen", "zaken.lezen",
        "zaken.statussen.toevoegen", "zaken.verwijderen", "zaaktypes.lezen", "zaaktypes.schrijven",
    ], StringComparer.Ordinal);

    /// <summary>The scopes that an operation of this API asks for.</summary>
    public static readonly FrozenSet<string> OfKlanten = FrozenSet.ToFrozenSet(
        [Scopes.AuditTrailsLezen, Scopes.KlantenLezen, Scopes.KlantenAanmaken, Scopes.KlantenBijwerken, Scopes.KlantenVerwijderen],
        StringComparer.Ordinal);

    /// <summary>What is wrong with a text that is no scope of the standard, after its key; null when it is one.</summary>
    public static Sentence? FindMistake(string scope) =>
        Known.Contains(scope) ? null : SettingTexts.NoScope.With(EditDistance.Nearest(scope, Known));
}
