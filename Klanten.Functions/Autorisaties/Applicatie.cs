namespace Klanten.Functions.Autorisaties;

/// <summary>An application, and what it may do here.</summary>
/// <param name="Uuid">applicatieId in audit trails.</param>
/// <param name="Label">applicatieWeergave in audit trails.</param>
/// <param name="Scopes">Its scopes for component <see cref="KlantenComponent"/>.</param>
/// <param name="HeeftAlleAutorisaties">True when it may do everything.</param>
internal sealed record Applicatie(string Uuid, string Label, IReadOnlySet<string> Scopes, bool HeeftAlleAutorisaties)
{
    public const string KlantenComponent = "kc";

    public bool Allows(string scope) => HeeftAlleAutorisaties || Scopes.Contains(scope);
}
