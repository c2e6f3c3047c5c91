using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Klanten.Tests.Support;

/// <summary>A JSON Web Token, signed by hand so that it can be wrong in every way.</summary>
public sealed class Token
{
    private readonly JsonObject claims;
    private readonly string alg;
    private readonly string secret;

    private Token(JsonObject claims, string alg, string secret) => (this.claims, this.alg, this.secret) = (claims, alg, secret);

    /// <summary>Claims user_id and user_representation of every token, unless it lacks them.</summary>
    public const string GebruikersId = "jdevries";
    public const string GebruikersWeergave = "Jan de Vries";

    /// <summary>As consumers make them.</summary>
    public static Token Of(Application application) => new(new()
    {
        ["iss"] = application.ClientId,
        ["iat"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        ["client_id"] = application.ClientId,
        ["user_id"] = GebruikersId,
        ["user_representation"] = GebruikersWeergave,
    }, "HS256", application.Secret);

    public Token With(string claim, JsonNode? value) => new(claims.With(claim, value), alg, secret);

    /// <summary>A claim that is a moment, relative to now.</summary>
    public Token With(string claim, TimeSpan fromNow) => With(claim, (DateTimeOffset.UtcNow + fromNow).ToUnixTimeSeconds());

    public Token Without(params string[] names) => new(claims.Without(names), alg, secret);

    public Token SignedWith(string otherSecret) => new(claims, alg, otherSecret);

    /// <summary>HS256, HS384, HS512 or none.</summary>
    public Token Algorithm(string algorithm) => new(claims, algorithm, secret);

    public override string ToString()
    {
        var signed = $"{Encode($$"""{"typ":"JWT","alg":"{{alg}}"}""")}.{Encode(claims.ToJsonString())}";
        return $"{signed}.{Base64Url.EncodeToString(Hash(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>The claims of a token, which must be signed with this secret.</summary>
    public static JsonObject ClaimsOf(string token, string secret)
    {
        var parts = token.Split('.');
        var hash = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
        Assert.Equal(Base64Url.EncodeToString(hash), parts[2]);
        return JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!.AsObject();
    }

    private byte[] Hash(byte[] key, byte[] signed) => alg switch
    {
        "HS256" => HMACSHA256.HashData(key, signed),
        "HS384" => HMACSHA384.HashData(key, signed),
        "HS512" => HMACSHA512.HashData(key, signed),
        _ => [],
    };

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
