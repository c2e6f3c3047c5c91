using System.Net.Http.Headers;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Klanten.Functions.ExternalApis;

/// <summary>The JWT that this program sends to other APIs, with the claims that the standards of this field ask for.</summary>
internal sealed class OutgoingToken(string clientId, string secret, TimeProvider clock)
{
    /// <summary>Short, because a leaked token is usable until it expires; long enough for clocks that differ.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private readonly SigningCredentials signing =
        new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)), SecurityAlgorithms.HmacSha256);
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>A header Authorization with a fresh token.</summary>
    public AuthenticationHeaderValue CreateHeader()
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
}
