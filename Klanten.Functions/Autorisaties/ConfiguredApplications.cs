using System.Collections.Frozen;
using System.Text;
using Klanten.Core.Model;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Klanten.Functions.Autorisaties;

/// <summary>The applications of the configuration, by client_id.</summary>
internal sealed class ConfiguredApplications
{
    private readonly FrozenDictionary<string, SymmetricSecurityKey> keys;
    private readonly FrozenDictionary<string, Applicatie> applications;
    private readonly FrozenDictionary<string, Dialect> dialects;

    public ConfiguredApplications(IOptions<ApplicationsOptions> options)
    {
        var clients = options.Value.Applicaties
            .SelectMany(application => application.ClientIds, (application, clientId) => new Client(clientId, application))
            .ToArray();
        keys = clients.ToFrozenDictionary(
            client => client.Id,
            client => new SymmetricSecurityKey(Encoding.UTF8.GetBytes(client.Application.Secret)),
            StringComparer.Ordinal);
        applications = clients
            .Where(client => client.Application.HeeftAlleAutorisaties || client.Application.Scopes.Count > 0)
            .ToFrozenDictionary(client => client.Id, client => ToApplicatie(client.Application), StringComparer.Ordinal);
        dialects = clients
            .Where(client => client.Application.Dialect == DialectName.OpenKlant1)
            .ToFrozenDictionary(
                client => client.Id, client => Dialect.OpenKlant(client.Application.Bronorganisatie), StringComparer.Ordinal);
    }

    /// <summary>The key that signs the client's tokens; null when the client is unknown.</summary>
    public SymmetricSecurityKey? FindKey(string clientId) => keys.GetValueOrDefault(clientId);

    /// <summary>The application with its scopes; null when the configuration gives the client no scopes.</summary>
    public Applicatie? Find(string clientId) => applications.GetValueOrDefault(clientId);

    /// <summary>How the client speaks, wherever its scopes come from.</summary>
    public Dialect FindDialect(string clientId) => dialects.GetValueOrDefault(clientId, Dialect.Standard);

    private static Applicatie ToApplicatie(ApplicationOptions options) => new(
        options.Uuid,
        options.Label,
        options.Component == Applicatie.KlantenComponent ? options.Scopes.ToFrozenSet(StringComparer.Ordinal) : FrozenSet<string>.Empty,
        options.HeeftAlleAutorisaties);

    private sealed record Client(string Id, ApplicationOptions Application);
}
