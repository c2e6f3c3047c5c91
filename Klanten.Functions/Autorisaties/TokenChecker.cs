using System.Collections.Concurrent;
using System.Text.Json;
using Klanten.Core.Model;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Klanten.Functions.Autorisaties;

/// <summary>The claims of a valid token.</summary>
/// <param name="ClientId">Claim client_id.</param>
/// <param name="Dialect">How the client speaks about klanten.</param>
/// <param name="GebruikersId">Claim user_id, or <c>""</c>.</param>
/// <param name="GebruikersWeergave">Claim user_representation, or <c>""</c>.</param>
/// <param name="NotBefore">Claim nbf in seconds since 1970, or null.</param>
/// <param name="Expires">Claim exp in seconds since 1970, or null.</param>
/// <param name="IssuedAt">Claim iat in seconds since 1970, or null.</param>
internal sealed record Principal(
    string ClientId,
    Dialect Dialect,
    string GebruikersId,
    string GebruikersWeergave,
    double? NotBefore,
    double? Expires,
    double? IssuedAt);

/// <summary>
/// Checks tokens: HS256 only, signed with the secret of their client_id. <c>exp</c> and <c>nbf</c> are checked when they are
/// present, <c>iat</c> bounds the age of a token without <c>exp</c> (ADR 26), and <c>iss</c> is ignored. The signature of a token
/// is checked once, its times at every request.
/// </summary>
internal sealed class TokenChecker(ConfiguredApplications applications, IOptions<TokenOptions> options, TimeProvider clock)
{
    private const string Prefix = "Bearer ";

    /// <summary>Accepted difference between the clocks of consumers and ours.</summary>
    private const double ClockSkewSeconds = 60;

    /// <summary>When the verified tokens take more, all are forgotten, and each is verified once more.</summary>
    public const long MaxVerifiedBytes = 16 * 1024 * 1024;

    /// <summary>What a verified token takes beside its texts, rounded up.</summary>
    private const int EntryBytes = 400;

    private readonly ConcurrentDictionary<string, Principal> verified = new(StringComparer.Ordinal);
    private long verifiedBytes;
    private readonly JsonWebTokenHandler handler = new();
    private readonly double maxAgeSeconds = options.Value.MaxAge.TotalSeconds;
    private readonly bool requiresTime = options.Value.RequiresTime;

    /// <summary>How many tokens need not be verified again.</summary>
    public int VerifiedTokens => verified.Count;

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
            Remember(authorization, principal);
        }
        return CheckTimes(principal) is { } outOfTime ? (null, outOfTime) : (principal, null);
    }

    /// <summary>
    /// Forgetting all tokens at once costs each client one verification, some tens of microseconds; keeping account of which
    /// tokens are used would cost every request.
    /// </summary>
    private void Remember(string authorization, Principal principal)
    {
        var characters = authorization.Length
            + principal.ClientId.Length + principal.GebruikersId.Length + principal.GebruikersWeergave.Length;
        var size = EntryBytes + (long)sizeof(char) * characters;
        if (Interlocked.Add(ref verifiedBytes, size) > MaxVerifiedBytes)
        {
            verified.Clear();
            Interlocked.Exchange(ref verifiedBytes, size);
        }
        verified[authorization] = principal;
    }

    /// <summary>Null when the token counts now.</summary>
    private Refusal? CheckTimes(Principal principal)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        if (principal.NotBefore > now + ClockSkewSeconds)
        {
            return Refusal.NotYetValid;
        }
        if (principal.Expires is { } expires)
        {
            return expires <= now - ClockSkewSeconds ? Refusal.Expired : null;
        }
        if (principal.IssuedAt is not { } issuedAt)
        {
            return requiresTime ? Refusal.Timeless : null;
        }
        if (issuedAt < now - maxAgeSeconds - ClockSkewSeconds)
        {
            return Refusal.Expired;
        }
        // The clock of the consumer may be wrong, but an iat in a far future would let the token live until then.
        return issuedAt > now + maxAgeSeconds + ClockSkewSeconds ? Refusal.NotYetValid : null;
    }

    /// <summary>Checks all but the times of a token, whether or not it was verified before.</summary>
    /// <inheritdoc cref="CheckAsync"/>
    public async ValueTask<(Principal? Principal, Refusal? Refusal)> VerifyAsync(string authorization)
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
        try
        {
            return await VerifyAsync(token, isTrimmed: token.Length != sent.Length);
        }
        catch (Exception)
        {
            // The library throws exceptions of many types on texts that are no tokens, such as NullReferenceException.
            return (null, Refusal.Unreadable);
        }
    }

    /// <exception cref="Exception">The token cannot be read.</exception>
    private async ValueTask<(Principal?, Refusal?)> VerifyAsync(string token, bool isTrimmed)
    {
        var jwt = handler.ReadJsonWebToken(token);
        var claims = TokenClaims.Read(jwt.EncodedPayload);
        if (claims.Find("client_id") is not { } client)
        {
            return (null, Refusal.NoClient);
        }
        if (client.ValueKind != JsonValueKind.String
            || client.GetString() is not { } clientId
            || applications.FindKey(clientId) is not { } key)
        {
            return (null, Refusal.UnknownClient);
        }
        if (jwt.Alg != SecurityAlgorithms.HmacSha256)
        {
            return (null, Refusal.Algorithm);
        }
        // With white space around the token, the text that was sent is not the text that was signed.
        if (isTrimmed || !await IsSignedAsync(jwt, key))
        {
            return (null, Refusal.Signature);
        }
        // An extension that is critical must be understood, and none is (RFC 7515, 4.1.11).
        if (TokenClaims.Read(jwt.EncodedHeader).Has("crit"))
        {
            return (null, Refusal.Critical);
        }
        return (ToPrincipal(clientId, claims), null);
    }

    private Principal ToPrincipal(string clientId, TokenClaims claims) => new(
        clientId,
        applications.FindDialect(clientId),
        claims.Text("user_id", AuditText.MaxGebruiker),
        claims.Text("user_representation", AuditText.MaxGebruiker),
        claims.Seconds(JwtRegisteredClaimNames.Nbf),
        claims.Seconds(JwtRegisteredClaimNames.Exp),
        claims.Seconds(JwtRegisteredClaimNames.Iat));

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
}
