using System.Collections.Frozen;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Klanten.Functions.Autorisaties;

/// <summary>What an application may do here.</summary>
/// <param name="Uuid">applicatieId in audit trails.</param>
/// <param name="Label">applicatieWeergave in audit trails.</param>
/// <param name="Scopes">For component <see cref="KlantenComponent"/>.</param>
/// <param name="HeeftAlleAutorisaties">Whether it may do everything.</param>
internal sealed record Applicatie(string Uuid, string Label, IReadOnlySet<string> Scopes, bool HeeftAlleAutorisaties)
{
    public const string KlantenComponent = "kc";

    public bool May(string scope) => HeeftAlleAutorisaties || Scopes.Contains(scope);
}

/// <summary>The applications of the configuration, by client_id.</summary>
internal sealed class ConfiguredApplications
{
    private readonly FrozenDictionary<string, SymmetricSecurityKey> keys;
    private readonly FrozenDictionary<string, Applicatie> applicaties;

    public ConfiguredApplications(IOptions<ApplicationsOptions> options)
    {
        var configured = options.Value.Applicaties.SelectMany(a => a.ClientIds, (a, clientId) => (clientId, a)).ToArray();
        keys = configured.ToFrozenDictionary(c => c.clientId, c => new SymmetricSecurityKey(Encoding.UTF8.GetBytes(c.a.Secret)), StringComparer.Ordinal);
        applicaties = configured
            .Where(c => c.a.HeeftAlleAutorisaties || c.a.Scopes.Count > 0)
            .ToFrozenDictionary(c => c.clientId, c => ToApplicatie(c.a), StringComparer.Ordinal);
    }

    public IEnumerable<string> ClientIds => keys.Keys;

    /// <summary>The key that the client's tokens are signed with; null when the client is unknown.</summary>
    public SymmetricSecurityKey? KeyOf(string clientId) => keys.GetValueOrDefault(clientId);

    /// <summary>What the client may do as far as the configuration tells; null when it does not.</summary>
    public Applicatie? Find(string clientId) => applicaties.GetValueOrDefault(clientId);

    private static Applicatie ToApplicatie(ApplicationOptions options) => new(
        options.Uuid,
        options.Label,
        options.Component == Applicatie.KlantenComponent ? options.Scopes.ToFrozenSet(StringComparer.Ordinal) : FrozenSet<string>.Empty,
        options.HeeftAlleAutorisaties);
}
