using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Klanten.Functions.Autorisaties;

/// <summary>The claims of a valid token.</summary>
/// <param name="ClientId">Claim client_id.</param>
/// <param name="GebruikersId">Claim user_id, or <c>""</c>.</param>
/// <param name="GebruikersWeergave">Claim user_representation, or <c>""</c>.</param>
/// <param name="NotBefore">Claim nbf in seconds since 1970, or null.</param>
/// <param name="Expires">Claim exp in seconds since 1970, or null.</param>
internal sealed record Principal(string ClientId, string GebruikersId, string GebruikersWeergave, double? NotBefore, double? Expires);

/// <summary>
/// Checks tokens: HS256 only, signed with the secret of their client_id. <c>exp</c> and <c>nbf</c> are checked when they are
/// present, <c>iat</c> and <c>iss</c> are ignored. The signature of a token is checked once, its times at every request.
/// </summary>
internal sealed class TokenChecker(ConfiguredApplications applications, TimeProvider clock)
{
    private const string Prefix = "Bearer ";

    /// <summary>Accepted difference between the clocks of consumers and ours.</summary>
    private const double ClockSkewSeconds = 60;

    /// <summary>At this number of verified tokens the cache is emptied, and every token is verified again.</summary>
    private const int MaxVerified = 10_000;

    private readonly ConcurrentDictionary<string, Principal> verified = new(StringComparer.Ordinal);
    private readonly JsonWebTokenHandler handler = new();

    /// <param name="authorization">The header Authorization; null when the request has none.</param>
    /// <returns>The principal; without one, the refusal.</returns>
    public async ValueTask<(Principal? Principal, Refusal? Refusal)> CheckAsync(string? authorization)
    {
        if (authorization is null)
        {
            return (null, Refusal.NoToken);
        }
        if (!verified.TryGetValue(authorization, out var principal))
        {
            (principal, var refusal) = await VerifyAsync(authorization);
            if (principal is null)
            {
                return (null, refusal);
            }
            if (verified.Count >= MaxVerified)
            {
                verified.Clear();
            }
            verified[authorization] = principal;
        }
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        if (principal.Expires <= now - ClockSkewSeconds)
        {
            return (null, Refusal.Expired);
        }
        if (principal.NotBefore > now + ClockSkewSeconds)
        {
            return (null, Refusal.NotYetValid);
        }
        return (principal, null);
    }

    private async ValueTask<(Principal?, Refusal?)> VerifyAsync(string authorization)
    {
        // A server strips white space at the end of a header: an empty token arrives as "Bearer" without the blank.
        if (authorization == Prefix.TrimEnd())
        {
            return (null, Refusal.Unreadable);
        }
        if (!authorization.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return (null, Refusal.NoToken);
        }
        var sent = authorization[Prefix.Length..];
        var token = sent.Trim();
        if (Parse(token) is not { } jwt)
        {
            return (null, Refusal.Unreadable);
        }
        if (Claim(jwt, "client_id") is not { } client)
        {
            return (null, Refusal.NoClient);
        }
        if (client is not string clientId || applications.FindKey(clientId) is not { } key)
        {
            return (null, Refusal.UnknownClient);
        }
        if (jwt.Alg != SecurityAlgorithms.HmacSha256)
        {
            return (null, Refusal.Algorithm);
        }
        // With white space around the token, the text that was sent is not the text that was signed.
        if (token.Length != sent.Length || !await IsSignedAsync(jwt, key))
        {
            return (null, Refusal.Signature);
        }
        if (!TryGetSeconds(jwt, JwtRegisteredClaimNames.Nbf, out var notBefore)
            || !TryGetSeconds(jwt, JwtRegisteredClaimNames.Exp, out var expires))
        {
            return (null, Refusal.Unreadable);
        }
        return (new(clientId, Text(jwt, "user_id"), Text(jwt, "user_representation"), notBefore, expires), null);
    }

    private JsonWebToken? Parse(string token)
    {
        try
        {
            return handler.ReadJsonWebToken(token);
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private async Task<bool> IsSignedAsync(JsonWebToken jwt, SymmetricSecurityKey key)
    {
        var result = await handler.ValidateTokenAsync(jwt, new TokenValidationParameters
        {
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            RequireSignedTokens = true,
            // The key, which belongs to the client_id, identifies the issuer.
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        return result.IsValid;
    }

    private static object? Claim(JsonWebToken jwt, string name) => jwt.TryGetPayloadValue<object>(name, out var value) ? value : null;

    private static string Text(JsonWebToken jwt, string name) =>
        Convert.ToString(Claim(jwt, name), System.Globalization.CultureInfo.InvariantCulture) ?? "";

    /// <summary>False when the claim is present but is not a number.</summary>
    private static bool TryGetSeconds(JsonWebToken jwt, string name, out double? seconds)
    {
        var claim = Claim(jwt, name);
        seconds = claim switch
        {
            int value => value,
            long value => value,
            double value => value,
            decimal value => (double)value,
            _ => null,
        };
        return claim is null || seconds is not null;
    }
}
