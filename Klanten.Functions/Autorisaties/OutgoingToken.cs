using System.ComponentModel.DataAnnotations;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Klanten.Functions.Autorisaties;

/// <summary>What this program shows its neighbours: a JWT of its own, as the standards of this field ask.</summary>
internal sealed class OutgoingToken(string clientId, string secret, TimeProvider clock)
{
    /// <summary>Short, since a token that leaks is good for anything; long enough for clocks that differ.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly SigningCredentials signing = new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)), SecurityAlgorithms.HmacSha256);
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    public AuthenticationHeaderValue Header()
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return new("Bearer", handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = clientId,
            IssuedAt = now,
            Expires = now + Lifetime,
            Claims = new Dictionary<string, object> { ["client_id"] = clientId, ["user_id"] = "", ["user_representation"] = "" },
            SigningCredentials = signing,
        }));
    }

    /// <summary>The mistakes in a neighbour's configuration section, each named.</summary>
    /// <param name="section">Name of the section.</param>
    /// <param name="url">Null when the other API is not configured, empty when it is turned off.</param>
    /// <param name="clientId">What we are called there.</param>
    /// <param name="secret">Key of our tokens.</param>
    public static IEnumerable<ValidationResult> Validate(string section, string? url, string clientId, string secret)
    {
        if (string.IsNullOrEmpty(url))
        {
            if (url is null && clientId.Length + secret.Length > 0) yield return new($"{section}:Url ontbreekt; laat de hele sectie weg om deze API niet te gebruiken.");
            yield break;
        }
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            yield return new($"{section}:Url moet een absolute http- of https-URL zijn.");
        if (clientId.Length == 0) yield return new($"{section}:ClientId mag niet leeg zijn.");
        if (Encoding.UTF8.GetByteCount(secret) < ApplicationOptions.ShortestSecret)
            yield return new($"{section}:Secret moet minstens {ApplicationOptions.ShortestSecret} bytes lang zijn.");
    }
}
