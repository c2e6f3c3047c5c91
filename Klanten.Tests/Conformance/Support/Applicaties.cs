using System.Globalization;

namespace Klanten.Tests.Conformance.Support;

/// <summary>An application that the program knows. The name of each is its client_id as well.</summary>
/// <param name="ClientId">Its client_id.</param>
/// <param name="Component">The component that its scopes are for; null for a credential without an application.</param>
/// <param name="Scopes">What it may do there.</param>
public sealed record Applicatie(string ClientId, string? Component, params string[] Scopes)
{
    public string Secret => $"geheim-van-{ClientId}-van-minstens-32-tekens";

    /// <summary>uuid, as audit trails show it.</summary>
    public string Uuid { get; init; } = Guid.NewGuid().ToString();

    public string Label => $"Applicatie {ClientId}";

    public bool HeeftAlleAutorisaties { get; init; }

    public override string ToString() => ClientId;
}

/// <summary>The applications of the tests: one for each set of scopes.</summary>
public static class Applicaties
{
    private const string Lees = "klanten.lezen";
    private const string Maak = "klanten.aanmaken";
    private const string Werk = "klanten.bijwerken";
    private const string Wis = "klanten.verwijderen";
    private const string Audit = "audittrails.lezen";

    public static readonly Applicatie Alles = new("alles", "kc", Lees, Maak, Werk, Wis, Audit);
    public static readonly Applicatie Super = new("super", "kc") { HeeftAlleAutorisaties = true };
    public static readonly Applicatie Lezen = new("lezen", "kc", Lees);
    public static readonly Applicatie Aanmaken = new("aanmaken", "kc", Maak);
    public static readonly Applicatie Bijwerken = new("bijwerken", "kc", Werk);
    public static readonly Applicatie Verwijderen = new("verwijderen", "kc", Wis);
    public static readonly Applicatie AuditTrails = new("audittrails", "kc", Audit);

    /// <summary>Has every scope, but for the Zaken API.</summary>
    public static readonly Applicatie AnderComponent = new("ander-component", "zrc", Lees, Maak, Werk, Wis, Audit);

    /// <summary>Can sign tokens, but no application goes with it.</summary>
    public static readonly Applicatie ZonderApplicatie = new("zonder-applicatie", null);

    public static readonly Applicatie[] All =
        [Alles, Super, Lezen, Aanmaken, Bijwerken, Verwijderen, AuditTrails, AnderComponent, ZonderApplicatie];

    public static IEnumerable<KeyValuePair<string, string?>> Settings => All.SelectMany((applicatie, n) => SettingsOf(applicatie, n));

    public static Applicatie Named(string clientId) => All.Single(a => a.ClientId == clientId);

    private static IEnumerable<KeyValuePair<string, string?>> SettingsOf(Applicatie applicatie, int n)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"Klanten:Applicaties:{n}:");
        yield return new(key + "ClientIds:0", applicatie.ClientId);
        yield return new(key + "Secret", applicatie.Secret);
        if (applicatie.Component is null) yield break;
        yield return new(key + "ClientIds:1", applicatie.ClientId + "-2");
        yield return new(key + "Uuid", applicatie.Uuid);
        yield return new(key + "Label", applicatie.Label);
        yield return new(key + "Component", applicatie.Component);
        if (applicatie.HeeftAlleAutorisaties) yield return new(key + "HeeftAlleAutorisaties", "true");
        for (var i = 0; i < applicatie.Scopes.Length; i++)
            yield return new(string.Create(CultureInfo.InvariantCulture, $"{key}Scopes:{i}"), applicatie.Scopes[i]);
    }
}
