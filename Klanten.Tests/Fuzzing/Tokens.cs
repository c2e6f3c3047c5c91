using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Klanten.Tests.Support;

namespace Klanten.Tests.Fuzzing;

/// <summary>Headers Authorization: right, or wrong in some way, from the word Bearer to the bytes of the signature.</summary>
internal sealed class Tokens(Chance chance)
{
    private static readonly string[] HeaderNames = ["crit", "b64", "zip", "enc", "cty", "typ", "kid", "x5c", "jku"];

    private static readonly string[] ClaimNames =
        ["client_id", "exp", "nbf", "iat", "iss", "aud", "jti", "sub", "user_id", "user_representation", "zds", ""];

    /// <summary>An application with a dialect is shown more than those that read what it made.</summary>
    private static readonly Application[] OfTheStandard = [.. Applications.All.Where(application => application.Dialect is null)];

    /// <summary>A token with which everything is allowed.</summary>
    public static string Valid { get; } = $"Bearer {Token.Of(Applications.Alles)}";

    /// <summary>Anything else that may be sent in its place; null for no header.</summary>
    public string? Other() => chance.Weighted<Func<string?>>(
        (2, () => null),
        (4, () => chance.Pick("", "Bearer", "Bearer ", "bearer x", "Basic YTpi", $"Bearer  {Valid[7..]}", "\xff", "Bearer \xe9")),
        (3, () => $"Bearer {Token.Of(chance.Pick(OfTheStandard))}"),
        (6, () => $"Bearer {Parts()}"),
        (3, () => Spoilt(Valid)),
        (10, () => $"Bearer {Signed(Header(), Claims())}"))();

    /// <summary>As many parts as no token has, or as an encrypted one has; each may be something.</summary>
    private string Parts() => string.Join('.', Enumerable.Range(0, chance.Between(1, 7)).Select(_ =>
        chance.OneIn(8) ? Base64Url.EncodeToString(chance.Bytes(chance.Below(40))) : chance.Pick(OddParts.TokenParts)));

    private string Spoilt(string token)
    {
        var at = chance.Between(7, token.Length - 1);
        return chance.Below(3) switch
        {
            0 => token[..at],
            1 => token.Insert(at, chance.Pick(".", "=", "A", "%", "\xe9", " ")),
            _ => token.Remove(at, 1),
        };
    }

    private string Header() => chance.Weighted<Func<string>>(
        (6, () => """{"typ":"JWT","alg":"HS256"}"""),
        (1, () => $$"""{"alg":{{chance.Pick(OddParts.Claims)}}}"""),
        (1, () => $$"""{"alg":"{{chance.Pick("none", "None", "HS512", "RS256", "hs256", "dir", "A128KW")}}"}"""),
        (1, () => $$"""{"alg":"HS256","{{chance.Pick(HeaderNames)}}":{{chance.Pick(OddParts.Claims)}}}"""),
        (1, () => chance.Pick("{}", "[]", "null", "", "{", "1", "{\"alg\":\"HS256\",\"alg\":\"none\"}")),
        (1, () => $$"""{"alg":"HS256","x":{{new string('[', 2000)}}{{new string(']', 2000)}}}"""))();

    private string Claims()
    {
        if (chance.OneIn(8)) return chance.Pick(OddParts.Payloads);
        var claims = $$"""{"client_id":"alles","iat":{{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}},"user_id":"u"}""";
        var value = chance.Weighted<Func<string>>(
            (12, () => chance.Pick(OddParts.Claims)),
            (1, () => $"\"{new string('é', chance.Pick(255, 256, 3000))}\""),
            (1, () => new string('[', 1000) + new string(']', 1000)),
            (1, () => chance.Text("123456789", chance.Pick(20, 400))))();
        return $"{claims[..^1]},\"{chance.Pick(ClaimNames)}\":{value}}}";
    }

    /// <summary>Signed with the right key in most cases, so that the program reads the claims.</summary>
    private string Signed(string header, string claims)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        var secret = Encoding.UTF8.GetBytes(Applications.Alles.Secret);
        var signature = HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed));
        var shown = chance.Weighted(
            (10, Base64Url.EncodeToString(signature)), (1, ""), (1, Base64Url.EncodeToString(signature.AsSpan(0, 16))),
            (1, Convert.ToBase64String(signature)));
        return $"{signed}.{shown}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
