using System.Globalization;

namespace Klanten.Tests.Support;

/// <summary>An application of the configuration. Its name in the tests is its client_id as well.</summary>
/// <param name="ClientId">Its client_id.</param>
/// <param name="Component">The component that its scopes are for; null for a credential without an application.</param>
/// <param name="Scopes">What it may do there.</param>
public sealed record Application(string ClientId, string? Component, params string[] Scopes)
{
    public string Secret => $"geheim-van-{ClientId}-van-minstens-32-tekens";

    /// <summary>uuid, as audit trails show it.</summary>
    public string Uuid { get; init; } = Guid.NewGuid().ToString();

    public string Label => $"Applicatie {ClientId}";

    public bool HeeftAlleAutorisaties { get; init; }

    /// <summary>How it speaks; null by the standard.</summary>
    public string? Dialect { get; init; }

    /// <summary>The bronorganisatie of a klant that it makes without one.</summary>
    public string? Bronorganisatie { get; init; }

    public override string ToString() => ClientId;
}

/// <summary>The applications of the tests: one for each set of scopes.</summary>
public static class Applications
{
    private const string Lees = "klanten.lezen";
    private const string Maak = "klanten.aanmaken";
    private const string Werk = "klanten.bijwerken";
    private const string Wis = "klanten.verwijderen";
    private const string Audit = "audittrails.lezen";

    public static readonly Application Alles = new("alles", "kc", Lees, Maak, Werk, Wis, Audit);
    public static readonly Application Super = new("super", "kc") { HeeftAlleAutorisaties = true };
    public static readonly Application Lezen = new("lezen", "kc", Lees);
    public static readonly Application Aanmaken = new("aanmaken", "kc", Maak);
    public static readonly Application Bijwerken = new("bijwerken", "kc", Werk);
    public static readonly Application Verwijderen = new("verwijderen", "kc", Wis);
    public static readonly Application AuditTrails = new("audittrails", "kc", Audit);

    /// <summary>Has every scope, but for the Zaken API.</summary>
    public static readonly Application AnderComponent = new("ander-component", "zrc", Lees, Maak, Werk, Wis, Audit);

    /// <summary>Its tokens are valid, but its scopes are in the Autorisaties API only.</summary>
    public static readonly Application Elders = new("elders", null);

    /// <summary>Has every scope, and speaks as clients of Open Klant 1.x do.</summary>
    public static readonly Application OpenKlant = new("open-klant", "kc", Lees, Maak, Werk, Wis, Audit)
    {
        Dialect = "OpenKlant1",
        Bronorganisatie = "517439943",
    };

    /// <summary>The same, with scopes that are in the Autorisaties API only.</summary>
    public static readonly Application OpenKlantElders = new("open-klant-elders", null) { Dialect = "OpenKlant1" };

    public static readonly Application[] All =
    [
        Alles, Super, Lezen, Aanmaken, Bijwerken, Verwijderen, AuditTrails, AnderComponent, Elders, OpenKlant, OpenKlantElders,
    ];

    /// <summary>The configuration of all of them.</summary>
    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(All.SelectMany(SettingsOf));

    public static Application Named(string clientId) => All.Single(a => a.ClientId == clientId);

    private static IEnumerable<KeyValuePair<string, string?>> SettingsOf(Application application, int n)
    {
        var key = string.Create(CultureInfo.InvariantCulture, $"Klanten:Applicaties:{n}:");
        yield return new(key + "ClientIds:0", application.ClientId);
        yield return new(key + "Secret", application.Secret);
        if (application.Dialect is not null) yield return new(key + "Dialect", application.Dialect);
        if (application.Bronorganisatie is not null) yield return new(key + "Bronorganisatie", application.Bronorganisatie);
        if (application.Component is null) yield break;
        yield return new(key + "ClientIds:1", application.ClientId + "-2");
        yield return new(key + "Uuid", application.Uuid);
        yield return new(key + "Label", application.Label);
        yield return new(key + "Component", application.Component);
        if (application.HeeftAlleAutorisaties) yield return new(key + "HeeftAlleAutorisaties", "true");
        for (var i = 0; i < application.Scopes.Length; i++)
            yield return new(string.Create(CultureInfo.InvariantCulture, $"{key}Scopes:{i}"), application.Scopes[i]);
    }
}
