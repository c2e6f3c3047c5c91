using System.Collections.Concurrent;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Klanten.Functions.Autorisaties;

/// <summary>Whose token it is, and for how long.</summary>
/// <param name="ClientId">Claim client_id.</param>
/// <param name="GebruikersId">Claim user_id, or <c>""</c>.</param>
/// <param name="GebruikersWeergave">Claim user_representation, or <c>""</c>.</param>
/// <param name="NotBefore">Claim nbf in seconds since 1970, or null.</param>
/// <param name="Expires">Claim exp in seconds since 1970, or null.</param>
internal sealed record Principal(string ClientId, string GebruikersId, string GebruikersWeergave, double? NotBefore, double? Expires);

/// <summary>Why a token is refused: a code of the reference (or, where it crashes, one of our own) and what to tell.</summary>
internal sealed record TokenRefusal(string Code, string Detail)
{
    public static readonly TokenRefusal Missing = new("permission_denied", "Stuur een token mee: 'Authorization: Bearer <token>'.");
    public static readonly TokenRefusal Unreadable = new("jwt-decode-error", "Het token is geen leesbaar JWT.");
    public static readonly TokenRefusal NoClient = new("missing-client-identifier", "Het token heeft geen claim 'client_id'.");
    public static readonly TokenRefusal UnknownClient = new("invalid-client-identifier", "De client_id van het token is hier niet bekend.");
    public static readonly TokenRefusal Algorithm = new("jwt-invalid-algorithm", "Het token moet met HS256 ondertekend zijn.");
    public static readonly TokenRefusal Signature = new("invalid-jwt-signature", "De handtekening van het token klopt niet.");
    public static readonly TokenRefusal Expired = new("jwt-expired", "Het token is verlopen.");
    public static readonly TokenRefusal NotYetValid = new("jwt-not-yet-valid", "Het token is nog niet geldig.");
}

/// <summary>
/// Checks tokens: HS256 only, signed with the secret of their client_id. <c>exp</c> and <c>nbf</c> count when they are
/// there; <c>iat</c> and <c>iss</c> are not looked at. A token that was found in order is remembered, its times are not.
/// </summary>
internal sealed class TokenChecker(ConfiguredApplications applications, TimeProvider clock)
{
    private const string Prefix = "Bearer ";

    /// <summary>How far the clocks of consumers may differ from ours, in seconds.</summary>
    private const double Skew = 60;

    /// <summary>Remembered tokens; past this number all are forgotten and checked once more.</summary>
    private const int MaxRemembered = 10_000;

    private readonly ConcurrentDictionary<string, Principal> remembered = new(StringComparer.Ordinal);
    private readonly JsonWebTokenHandler handler = new();

    /// <param name="authorization">The header as it came.</param>
    public async ValueTask<(Principal? Principal, TokenRefusal? Refusal)> CheckAsync(string? authorization)
    {
        if (authorization is null) return (null, TokenRefusal.Missing);
        if (!remembered.TryGetValue(authorization, out var principal))
        {
            (principal, var refusal) = await ReadAsync(authorization);
            if (principal is null) return (null, refusal);
            if (remembered.Count >= MaxRemembered) remembered.Clear();
            remembered[authorization] = principal;
        }
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        if (principal.Expires <= now - Skew) return (null, TokenRefusal.Expired);
        if (principal.NotBefore > now + Skew) return (null, TokenRefusal.NotYetValid);
        return (principal, null);
    }

    private async ValueTask<(Principal?, TokenRefusal?)> ReadAsync(string authorization)
    {
        // A server strips white space at the end of a header: nothing behind the prefix arrives without its blank.
        if (authorization == Prefix.TrimEnd()) return (null, TokenRefusal.Unreadable);
        if (!authorization.StartsWith(Prefix, StringComparison.Ordinal)) return (null, TokenRefusal.Missing);
        var signed = authorization[Prefix.Length..];
        var token = signed.Trim();
        if (Parse(token) is not { } jwt) return (null, TokenRefusal.Unreadable);
        if (Claim(jwt, "client_id") is not { } client) return (null, TokenRefusal.NoClient);
        if (client is not string clientId || applications.KeyOf(clientId) is not { } key) return (null, TokenRefusal.UnknownClient);
        if (jwt.Alg != SecurityAlgorithms.HmacSha256) return (null, TokenRefusal.Algorithm);
        // White space within what was signed makes it something else than was signed.
        if (token.Length != signed.Length || !await IsSignedAsync(jwt, key)) return (null, TokenRefusal.Signature);
        if (!TrySeconds(jwt, JwtRegisteredClaimNames.Nbf, out var notBefore) || !TrySeconds(jwt, JwtRegisteredClaimNames.Exp, out var expires))
            return (null, TokenRefusal.Unreadable);
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
            // Without a type or with "JWT": the key and not the type tells whose token it is.
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        return result.IsValid;
    }

    private static object? Claim(JsonWebToken jwt, string name) => jwt.TryGetPayloadValue<object>(name, out var value) ? value : null;

    private static string Text(JsonWebToken jwt, string name) =>
        Convert.ToString(Claim(jwt, name), System.Globalization.CultureInfo.InvariantCulture) ?? "";

    /// <summary>False when the claim is there but is no number.</summary>
    private static bool TrySeconds(JsonWebToken jwt, string name, out double? seconds)
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
